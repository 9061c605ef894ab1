/** P9: the relay of a desk under a storm, each renderer's messages written out as a host writes them. */
import type { DeskState } from '../../../contract/ipc.ts';
import { foldAll } from '../../../contract/fold.ts';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import type { Push } from '../../../main/desk/desk.ts';
import { Relay } from '../../../main/desk/relay/relay.ts';
import { STORE } from '../../support/fault-bench/webhooks.ts';
import { firstEvents } from '../first-events.ts';

export interface StormInput {
  readonly dataDir: string;
  readonly windows: number;
  readonly ms: number;
}

export interface StormResult {
  readonly eventsPerSecond: number;
  /** From the first change to the first message, milliseconds. */
  readonly firstMs: number;
  /** Of one window: the fewest milliseconds between two messages, by the clock that paces them. */
  readonly leastGapMs: number;
  /** Bytes of each message with orders. */
  readonly sizes: readonly number[];
}

export type RelayStation = {
  storm(input: StormInput): Promise<StormResult>;
};

/** Events relayed before the loop turns. */
const AT_ONCE = 500;

export function createStation(): RelayStation {
  return { storm };
}

async function storm({ dataDir, windows, ms }: StormInput): Promise<StormResult> {
  const orders = foldAll(new Map(), firstEvents(dataDir, Number.MAX_SAFE_INTEGER));
  const ids = [...orders.keys()];
  const relay = relayOf(orders);
  const sent: { window: number; at: number; bytes: number; name: Push['name'] }[] = [];
  for (let window = 0; window < windows; window += 1) {
    relay.attach((push) => {
      sent.push({ window, at: performance.now(), bytes: Buffer.byteLength(JSON.stringify(push)), name: push.name });
    });
  }
  await quiet(sent);
  sent.length = 0;
  const begun = performance.now();
  let events = 0;
  while (performance.now() - begun < ms) {
    const from = events % ids.length;
    relay.changed(STORE, ids.slice(from, from + AT_ONCE), []);
    events += Math.min(AT_ONCE, ids.length - from);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  const eventsPerSecond = events / ((performance.now() - begun) / 1000);
  relay.close();
  const times = sent.filter(({ window }) => window === 0).map(({ at }) => at);
  return {
    eventsPerSecond,
    firstMs: (sent[0]?.at ?? Number.NaN) - begun,
    leastGapMs: Math.min(...times.slice(1).map((at, n) => at - (times[n] ?? 0))),
    sizes: sent.filter(({ name }) => name === 'desk.orders').map(({ bytes }) => bytes),
  };
}

function relayOf(orders: Awaited<ReturnType<typeof foldAll>>): Relay {
  const source = {
    state: () => ({ current: true }) as DeskState,
    current: () => true,
    stores: () => [STORE],
    orders: () => orders,
    unmatched: () => new Map<string, never>(),
    seq: () => 1,
  };
  return new Relay(source, systemTime);
}

/** Waits until the first pictures have been told. */
async function quiet(sent: readonly unknown[]): Promise<void> {
  for (let before = -1; before !== sent.length;) {
    before = sent.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
