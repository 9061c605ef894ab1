/** The command line as an operator uses it: processes of their own, side by side over one data folder. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processEnd } from '../../support/process-end.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

const entry = join(import.meta.dirname, '../../../gateway/index.ts');
let folder: string;
let gateway: ChildProcess;
let url: string;
let log = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillwatch-process-'));
  gateway = spawn(process.execPath, [entry, 'serve', '--data', folder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  gateway.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const [line] = (await once(createInterface(gateway.stdout!), 'line')) as [string];
  url = /^Tillwatch gateway listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? '';
});
afterAll(async () => {
  gateway.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function command(...args: string[]): Promise<{ status: number | null; out: string }> {
  const child = spawn(process.execPath, [entry, ...args, '--data', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, out };
}

async function post(path: string, body: object): Promise<Record<string, string>> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, string>;
}

async function desk(): Promise<{ deskId: string; socket: Socket; notices: unknown[] }> {
  const { out } = await command('pair', '--store', 'main', '--role', 'staff', '--json');
  const { code, link } = JSON.parse(out) as { code: string; link: string };
  expect(link).toContain(encodeURIComponent(url));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { deskId = '' } = await post('/v1/desks', {
    code,
    name: 'Till',
    publicKey: publicKey.export({ format: 'jwk' }).x,
  });
  const { challenge = '' } = await post('/v1/challenges', { deskId });
  const signature = sign(null, Buffer.from(`tillwatch-ticket-v1\n${deskId}\n${challenge}`), privateKey).toString(
    'base64url',
  );
  const { ticket } = await post('/v1/tickets', { deskId, challenge, signature });
  const socket = io(`${url}/desk`, { auth: { ticket, protocol: 1 }, forceNew: true, reconnection: false });
  const notices: unknown[] = [];
  socket.on('notice', (notice: unknown) => notices.push(notice));
  await once(socket as unknown as NodeJS.EventEmitter, 'connect');
  return { deskId, socket, notices };
}

async function gone(socket: Socket): Promise<void> {
  if (socket.connected) await once(socket as unknown as NodeJS.EventEmitter, 'disconnect');
}

test('[AU3] `desks revoke` beside the serving gateway closes the desk within a second', async () => {
  const { deskId, socket, notices } = await desk();
  const closed = gone(socket);
  const { status } = await command('desks', 'revoke', deskId);
  const watch = startStopwatch();
  expect(status).toBe(0);
  await closed;
  expect(watch.ms()).toBeLessThan(1_000);
  expect(notices).toEqual([{ kind: 'revoked' }]);
});

test('SIGTERM tells the desks, ends with 0 within 10 s, and has logged nothing but JSON lines without secrets', async () => {
  const { socket, notices } = await desk();
  gateway.kill('SIGTERM');
  const ending = processEnd(gateway);
  await gone(socket);
  expect(notices).toEqual([expect.objectContaining({ kind: 'draining' })]);
  const { status, ms } = await ending;
  expect(status).toBe(0);
  expect(ms).toBeLessThan(10_000);
  const lines = log.trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toContain('stopped');
  expect(log).not.toMatch(/tw[kts]_/);
});
