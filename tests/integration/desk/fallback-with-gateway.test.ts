/** The long poll at a real gateway, behind a front that passes on nothing but plain requests [CN9]. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { revokeDesk } from '../../../gateway/store/desks.ts';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
import { testOrder } from '../gateway/test-source.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';
import { startPlainFront } from './plain-front.ts';
import type { PlainFront } from './plain-front.ts';

let gateway: TestGateway;
let front: PlainFront;
let desk: DeskUnderTest;

beforeEach(async () => {
  gateway = await startGateway();
  front = await startPlainFront(gateway.url);
  desk = await startDesk({ timeScale: 0.05 });
});

afterEach(async () => {
  await desk.stop();
  await front.stop();
  await gateway.stop();
});

async function inFallback(): Promise<void> {
  await desk.screen.until('the fallback', () => desk.screen.state.connection.state === 'fallback');
}

async function pairByPolls(): Promise<void> {
  await desk.pair(front.url, await gateway.pairingCode('support', ['main', 'other']));
  await inFallback();
}

async function deliver(from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, n) => from + n);
  await Promise.all(numbers.map((n) => gateway.deliver({ id: `d${n}`, ref: `r${n}`, fact: {} })));
}

async function all(count: number): Promise<void> {
  await desk.screen.until(`${count} orders`, () => desk.screen.orders.get('main')?.size === count);
  for (let n = 0; n < count; n += 1) expect(desk.screen.order(testOrder(`r${n}`))).toBeDefined();
}

function onceEach(): void {
  const seqs = desk.screen.moments.map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
}

test('what happens is there at once, from two stores, and over the gateway’s restart', async () => {
  await pairByPolls();
  await deliver(0, 300);
  await all(300);
  // At this scale a busy event loop may look like a gap for a moment.
  await inFallback();
  expect(desk.screen.state.transport).toBe('long-poll');
  await gateway.restart();
  await deliver(300, 320);
  await all(320);
  await desk.live();
  onceEach();
});

test('a command reaches it, and comes back as an event', async () => {
  await pairByPolls();
  await deliver(0, 1);
  await all(1);
  const order = testOrder('r0');
  const outcome = await desk.desk.handle('command.send', { store: 'main', order, name: 'claim', args: {} });
  expect(outcome.state).toBe('done');
  await desk.screen.until('the claim', () => desk.screen.order(order)?.claimedBy !== undefined);
});

test('[AU3] revoking ends the poll, and the desk says so', async () => {
  await pairByPolls();
  const deskId = desk.screen.state.desk!.id;
  await gateway.gateway.storage.writer.write((tx) => revokeDesk(tx, deskId, gateway.clock.at));
  await desk.screen.until('the refusal', () => desk.screen.state.connection.state === 'refused');
  expect(desk.screen.state.connection).toMatchObject({ code: 'revoked' });
});

test('Socket.IO without WebSocket is live by its own polling, and takes over with nothing lost or doubled', async () => {
  await pairByPolls();
  const from = desk.screen.states.length;
  front.sockets = true;
  let sent = 0;
  while (desk.screen.state.connection.state !== 'live') {
    await deliver(sent, sent + 5);
    sent += 5;
  }
  await deliver(sent, sent + 5);
  await all(sent + 5);
  expect(desk.screen.state.transport).toBe('polling');
  expect(desk.screen.states.slice(from).map(({ connection }) => connection.state)).not.toContain('waiting');
  onceEach();
});
