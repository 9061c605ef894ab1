/** SIGTERM ends the gateway within 10 s, whatever those who are connected to it do or leave undone. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pairDesk, session, ticket } from './desk.ts';
import type { Desk } from './desk.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';
import { PATIENCE } from '../../support/patience.ts';
import { processEnd } from '../../support/process-end.ts';

const ENGINE = '/socket.io/?EIO=4&transport=';
const UPGRADE = [
  'upgrade: websocket',
  'connection: upgrade',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version: 13',
];

let bench: Workbench;
let desk: Desk;
let lines: Socket[];

beforeEach(async () => {
  lines = [];
  bench = await openWorkbench();
  desk = await pairDesk(bench.url, await bench.pairingCode('staff'));
});
afterEach(async () => {
  for (const line of lines) line.destroy();
  await bench.close();
});

/** Sends what it is given and never reads. */
async function deaf(...request: string[]): Promise<void> {
  const line = connect(Number(new URL(bench.url).port), '127.0.0.1');
  lines.push(line);
  line.on('error', () => undefined);
  await once(line, 'connect');
  line.pause();
  await new Promise<void>((resolve) => line.write(request.join('\r\n'), () => resolve()));
}

function get(path: string, ...headers: string[]): string[] {
  return [`GET ${path} HTTP/1.1`, 'host: gateway', ...headers, '', ''];
}

/** A session by polling that is let in and then not polled any more: half open. @returns its id */
async function abandoned(): Promise<string> {
  const opened = await (await fetch(`${bench.url}${ENGINE}polling`)).text();
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
  const auth = JSON.stringify({ ticket: await ticket(desk), protocol: 1 });
  await fetch(`${bench.url}${ENGINE}polling&sid=${sid}`, { method: 'POST', body: `40/desk,${auth}` });
  return sid;
}

async function endsInTime(): Promise<void> {
  const { child, log } = bench.gateway();
  child.kill('SIGTERM');
  const { status, ms } = await processEnd(child);
  expect(status).toBe(0);
  expect(ms).toBeLessThan(10_000);
  expect(log()).toContain('"msg":"stopped"');
}

test(
  'sessions by polling whose desk is gone, found out by their heartbeat and not yet',
  { timeout: 60_000 },
  async () => {
    await abandoned();
    await vi.waitUntil(() => bench.gateway().log().includes('ping timeout'), PATIENCE);
    for (let n = 0; n < 3; n += 1) await abandoned();
    await endsInTime();
  },
);

test('polls nobody reads, upgrades that stop half-way, and WebSockets that never answer a close', async () => {
  await deaf(...get(`${ENGINE}polling&sid=${await abandoned()}`));
  await deaf(...get(`${ENGINE}websocket&sid=${await abandoned()}`, ...UPGRADE));
  await deaf(...get(`${ENGINE}websocket`, ...UPGRADE));
  await endsInTime();
});

test('nobody who reads what it prints any more', async () => {
  const { child } = bench.gateway();
  child.stdout?.destroy();
  child.stderr?.destroy();
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('long polls that wait, and requests that are not finished', async () => {
  const { authorization = '' } = await session(desk);
  await deaf(...get('/v1/stores/main/events?after=0&wait=25', `authorization: ${authorization}`));
  await deaf('GET /healthz HTTP/1.1', 'host: gateway', '');
  await deaf('POST /v1/challenges HTTP/1.1', 'host: gateway', 'content-length: 1000', '', '{');
  await endsInTime();
});

test('a line that is kept: what was begun is answered, what comes after it is told to come again', async () => {
  const body = '{"deskId":"x"}';
  const head = [
    ...['POST /v1/challenges HTTP/1.1', 'host: gateway', 'content-type: application/json'],
    ...[`content-length: ${body.length}`, 'expect: 100-continue'],
  ];
  const line = connect(Number(new URL(bench.url).port), '127.0.0.1');
  lines.push(line);
  let answers = '';
  line.on('data', (chunk: Buffer) => (answers += chunk.toString()));
  const closed = once(line, 'close');
  line.write([...head, '', '{'].join('\r\n'));
  // By this it is begun, and not only under way.
  await vi.waitUntil(() => answers === 'HTTP/1.1 100 Continue\r\n\r\n', PATIENCE);
  answers = '';
  const { child, log } = bench.gateway();
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await vi.waitUntil(async () => (await fetch(`${bench.url}/readyz`).catch(() => null)) === null, PATIENCE);
  line.write(`${body.slice(1)}GET /healthz HTTP/1.1\r\nhost: gateway\r\n\r\n`);
  await closed;
  expect(answers).toMatch(/^HTTP\/1\.1 200 [^]*"challenge":/);
  expect(answers.toLowerCase()).toContain('connection: close');
  expect(await exit).toEqual([0, null]);
  expect(log()).not.toContain('"level":50');
});
