import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { post, webhooksOf } from './crypto-com-pay.ts';
import { online, pairDesk } from './desk.ts';
import type { Connection } from './desk.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';
import { PATIENCE } from '../../support/patience.ts';

const DELIVERIES = 300;
let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench();
  const bodies = Array.from({ length: DELIVERIES }, (_, n) => webhooksOf(n, Date.now())[0]?.body ?? '');
  for (let n = 0; n < DELIVERIES; n += 50)
    expect(new Set(await Promise.all(bodies.slice(n, n + 50).map((body) => post(bench.url, body))))).toEqual(
      new Set([200]),
    );
});
afterAll(() => bench.close());

async function subscribed(confirm: boolean): Promise<Connection> {
  const desk = await online(await pairDesk(bench.url, await bench.pairingCode('staff')), { confirm });
  expect(await desk.ask('subscribe', { store: 'main', after: null })).toMatchObject({ mode: 'resumed' });
  return desk;
}

const sizes = ({ messages }: Connection): number[] =>
  messages.map((message) => Buffer.byteLength(JSON.stringify(message)));
const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

test('[DL6] a desk that never confirms gets one window of 32 KiB, then nothing, and is sent away after 30 s', async () => {
  const started = performance.now();
  const mute = await subscribed(false);
  await vi.waitFor(() => expect(mute.ended()).not.toBe(''), { ...PATIENCE, interval: 100 });
  expect(performance.now() - started).toBeGreaterThan(28_000);
  expect(sum(sizes(mute)), `${sizes(mute).length} messages`).toBeLessThan(64 * 1024);
  expect(sum(sizes(mute))).toBeGreaterThan(8 * 1024);
});

test('[DL6] one that confirms gets it all, in messages that grow', async () => {
  const desk = await subscribed(true);
  const last = (): number => desk.messages.at(-1)?.events.at(-1)?.seq ?? 0;
  await vi.waitFor(() => expect(last()).toBeGreaterThanOrEqual(DELIVERIES), PATIENCE);
  expect(sum(sizes(desk))).toBeGreaterThan(128 * 1024);
  expect(Math.max(...sizes(desk))).toBeLessThanOrEqual(256 * 1024);
  expect(desk.ended()).toBe('');
  desk.socket.close();
});
