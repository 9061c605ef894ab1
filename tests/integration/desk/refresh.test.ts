/** The hourly replacement of the connection, its timers fired by hand. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import type { TimePort } from '../../../main/desk/desk.ts';
import { created, noted } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

/** At the tests' scale the refresh comes after 360 s. */
const LONG_MS = 60_000;

const long = new Set<{ delayMs: number; run: () => void }>();
const time: TimePort = {
  ...systemTime,
  after: (delayMs, run) => {
    if (delayMs < LONG_MS) return systemTime.after(delayMs, run);
    const timer = { delayMs, run };
    long.add(timer);
    return () => long.delete(timer);
  },
};

let gateway: ScriptedGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  gateway = await startScriptedGateway();
  desk = await startDesk({ time });
  await desk.pair(gateway.url, gateway.code);
  await desk.live();
});

afterEach(async () => {
  await desk.stop();
  await gateway.close();
  long.clear();
});

/** Trimming happens to be due after as long, and does no harm here. */
function refresh(): void {
  for (const timer of [...long].filter(({ delayMs }) => delayMs > 350_000 && delayMs <= 360_000)) {
    long.delete(timer);
    timer.run();
  }
}

test('[CN8] the new socket is live before the old one closes, and the screen notices nothing', async () => {
  gateway.append(created('a'));
  await desk.screen.until('the order', () => desk.screen.order('a') !== undefined);
  const from = desk.screen.states.length;
  refresh();
  const flow = setInterval(() => gateway.append(noted('a', 'on and on')), 2);
  await desk.screen.until(
    'the second connection',
    () => gateway.seen.filter((each) => each === 'connect').length === 2,
  );
  await desk.screen.until(
    'the old one closed',
    () => gateway.sockets() === 1 && gateway.seen.filter((each) => each.startsWith('subscribe')).length === 2,
  );
  clearInterval(flow);
  gateway.append(noted('a', 'the end'));
  await desk.screen.until('the end', () => desk.screen.order('a')?.notes.at(-1)?.text === 'the end');
  expect(desk.screen.order('a')).toEqual(gateway.orders().get('a'));
  expect(desk.screen.states.slice(from).filter(({ current }) => !current)).toEqual([]);
  expect(desk.screen.state.reconnects).toBe(0);
  const seqs = desk.screen.moments.map(({ seq }) => seq);
  expect(new Set(seqs).size).toBe(seqs.length);
});

test('[CN8] a refresh that is refused leaves the living connection alone', async () => {
  gateway.script.refuse = { code: 'rate-limited', retryAfterMs: 50 };
  const from = desk.screen.states.length;
  refresh();
  await desk.screen.until('the refusal', () => {
    gateway.append(noted('a', 'tick'));
    return gateway.seen.includes('refused rate-limited');
  });
  gateway.append(created('b'));
  await desk.screen.until('the order', () => desk.screen.order('b') !== undefined);
  expect(desk.screen.states.slice(from).filter(({ current }) => !current)).toEqual([]);
  expect(gateway.sockets()).toBe(1);
});
