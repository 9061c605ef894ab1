/** `npm run listen` as a person runs it: a process of its own, through restarts and refusals. */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { placeOrder } from '../../../client/place-order.ts';
import { openStorage } from '../../../gateway/store/open-store.ts';
import { revokeDesk } from '../../../gateway/store/desks.ts';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';

const program = path.resolve(import.meta.dirname, '../../../client/listen.ts');
const WITHIN = { timeout: 20_000, interval: 20 };

interface Listener {
  readonly out: string[];
  readonly err: string[];
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<number | null>;
  /** Ends it as Ctrl+C does. @returns the exit code */
  interrupt(): Promise<number | null>;
}

let gateway: TestGateway;
let data: string;
let key: string;
const started: Listener[] = [];

beforeEach(async () => {
  gateway = await startGateway();
  data = await mkdtemp(path.join(tmpdir(), 'tillwatch-listen-'));
  key = await gateway.key(['orders:write']);
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await gateway.stop();
  await rm(data, { recursive: true });
});

function lines(stream: Readable): string[] {
  const all: string[] = [];
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    all.push(...parts);
  });
  return all;
}

function listen(...args: string[]): Listener {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const interrupt = (): Promise<number | null> => {
    child.kill('SIGINT');
    return ended;
  };
  const listener = { child, ended, interrupt, out: lines(child.stdout), err: lines(child.stderr) };
  started.push(listener);
  return listener;
}

async function paired(...more: string[]): Promise<Listener> {
  return listen('--gateway', gateway.url, '--code', await gateway.pairingCode('support'), ...more);
}

const current = (listener: Listener) =>
  vi.waitFor(() => expect(listener.err.join('\n')).toContain('-- current: everything'), WITHIN);
const printed = (listener: Listener, what: RegExp) =>
  vi.waitFor(() => expect(listener.out.join('\n')).toMatch(what), WITHIN);

async function place(reference: string): Promise<void> {
  await placeOrder(
    {
      reference,
      price: { currency: 'USD', amount: '19.99' },
      pay: [
        {
          chain: 'eip155:1',
          asset: 'native',
          address: `0x${Buffer.from(reference).toString('hex').padEnd(40, '1')}`,
          amount: '1',
        },
      ],
      customer: { name: 'Ines Ferreira' },
    },
    { gateway: gateway.url, store: 'main', key },
  );
}

describe('npm run listen', () => {
  test('prints what happens, one line an event, and ends cleanly by Ctrl+C', async () => {
    await place('before');
    const listener = await paired();
    await current(listener);
    await place('A-1041');
    await printed(listener, /^\d\d:\d\d:\d\d\.\d{3} {2}A-1041 +order\.created +19\.99 USD {2}\d+ ms$/m);
    expect(listener.out.join('\n')).not.toContain('before');
    expect(await listener.interrupt()).toBe(0);
    expect(listener.err.filter((line) => !line.startsWith('--'))).toEqual([]);
  });

  test('survives restarts: each event once and in order, and it says when it is not current', async () => {
    const listener = await paired('--json');
    const states = () =>
      listener.out.map((line) => state.parse(JSON.parse(line))).filter(({ line }) => line === 'state');
    await vi.waitFor(() => expect(states().at(-1)?.state).toBe('current'), WITHIN);
    for (const n of [1, 2]) {
      await place(`A-${n}`);
      await gateway.restart();
      await place(`B-${n}`);
    }
    await printed(listener, /"reference":"B-2"/);
    await vi.waitFor(() => expect(states().at(-1)?.state).toBe('current'), WITHIN);
    const events = listener.out
      .map((line) => event.safeParse(JSON.parse(line)).data)
      .filter((each) => each !== undefined);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => (events[0]?.seq ?? 0) + n));
    const createds = events.filter(({ kind }) => kind === 'order.created').map(({ reference }) => reference);
    expect(createds).toEqual(['A-1', 'B-1', 'A-2', 'B-2']);
    expect(states().map(({ state: each }) => each)).toContain('waiting');
    expect(listener.out.join('')).not.toContain('Ines');
    expect(await listener.interrupt()).toBe(0);
  });

  test('keeps its identity in a file of its owner’s, and needs no code the next time', async () => {
    const first = await paired('--data', data);
    await current(first);
    await first.interrupt();
    expect(await readdir(data)).toEqual(['listener.json']);
    expect((await stat(path.join(data, 'listener.json'))).mode & 0o777).toBe(0o600);
    const second = listen('--data', data);
    await current(second);
    await place('A-7');
    await printed(second, /A-7/);
    const { privateKey } = JSON.parse(await readFile(path.join(data, 'listener.json'), 'utf8')) as {
      privateKey: string;
    };
    expect([...second.out, ...second.err].join('')).not.toContain(privateKey);
    const elsewhere = listen('--data', data, '--gateway', 'http://localhost:1');
    expect(await elsewhere.ended).toBe(1);
    expect(elsewhere.err.join('')).toContain('is of http://127.0.0.1');
    expect(await second.interrupt()).toBe(0);
  });

  test('waits for a gateway that is not there yet', async () => {
    const first = await paired('--data', data);
    await current(first);
    await first.interrupt();
    await gateway.gateway.close();
    const second = listen('--data', data);
    await vi.waitFor(() => expect(second.err.join('')).toMatch(/NOT CURRENT since .*cannot be reached/), WITHIN);
    await gateway.restart();
    await current(second);
    expect(await second.interrupt()).toBe(0);
  });

  test('[AU3] ends with 1 and what to do once it is revoked', async () => {
    const listener = await paired('--data', data);
    await current(listener);
    const kept = z
      .object({ deskId: z.string() })
      .parse(JSON.parse(await readFile(path.join(data, 'listener.json'), 'utf8')));
    const beside = await openStorage({ dataDir: gateway.dataDir, clock: Date });
    await beside.writer.write((tx) => revokeDesk(tx, kept.deskId, Date.now()));
    await beside.close();
    expect(await listener.ended).toBe(1);
    expect(listener.err.at(-1)).toContain('was revoked at the gateway: pair it again');
  });

  test('ends when whoever reads along has gone', async () => {
    const listener = await paired();
    await current(listener);
    listener.child.stdout.destroy();
    for (const n of [1, 2, 3]) await place(`C-${n}`);
    expect(await listener.ended).toBe(0);
  });

  test.each<[string, () => Promise<string[]>, number, RegExp]>([
    ['nothing', async () => [], 2, /Who is listening\?[\s\S]*npm run listen/],
    ['a wrong code', async () => ['--gateway', gateway.url, '--code', 'WRONG'], 1, /code is wrong, used or expired/],
    ['plain http', async () => ['--gateway', 'http://shop.example', '--code', 'C'], 1, /https:\/\/host:port/],
    ['no identity', async () => ['--data', data], 1, /No identity is kept/],
    [
      'a file that is none',
      async () => {
        await writeFile(path.join(data, 'listener.json'), '{');
        return ['--data', data];
      },
      1,
      /holds no identity: delete it/,
    ],
    [
      'a store it may not watch',
      async () => ['--gateway', gateway.url, '--code', await gateway.pairingCode('staff'), '--store', 'other'],
      1,
      /may not watch that store/,
    ],
  ])('ends for %s', async (_what, argsOf, code, said) => {
    const listener = listen(...(await argsOf()));
    expect(await listener.ended).toBe(code);
    expect(listener.err.join('\n')).toMatch(said);
    expect(listener.out).toEqual([]);
  });
});

const state = z.object({ line: z.string(), state: z.string().optional() });
const event = z.object({
  line: z.literal('event'),
  seq: z.number(),
  kind: z.string(),
  reference: z.string().nullable(),
});
