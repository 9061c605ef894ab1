/** Following a log over gateways that restart, rewrite it, hang and refuse. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { followStore } from '../../../client/listen/follow-store.ts';
import type { FollowState } from '../../../client/listen/follow-store.ts';
import { pair } from '../../../client/pair.ts';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { PATIENCE } from '../../support/patience.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

const WITHIN = { ...PATIENCE, interval: 10 };
let gateway: ScriptedGateway;
let end: AbortController;
let events: Event[];
let states: FollowState[];
let pictures: { orders: string[]; why: string | null }[];
let following: Promise<void>;

beforeEach(async () => {
  gateway = await startScriptedGateway();
  end = new AbortController();
  [events, states, pictures] = [[], [], []];
});
afterEach(async () => {
  end.abort();
  await following.catch(() => undefined);
  await gateway.close();
});

async function follow(more: { timeoutMs?: number; healthEveryMs?: number } = {}): Promise<void> {
  const identity = await pair({ gateway: gateway.url, code: gateway.code, name: 'x' });
  following = followStore({
    ...more,
    ...{ identity, store: 'main', signal: end.signal },
    listener: {
      state: (state) => void states.push(state),
      picture: (orders, why) => void pictures.push({ orders: orders.map(({ id }) => id), why }),
      events: (some) => void events.push(...some),
    },
  });
  following.catch(() => undefined);
}

const is = (state: FollowState['state']) => vi.waitFor(() => expect(states.at(-1)?.state).toBe(state), WITHIN);
const ids = () => events.map(({ order }) => order);

test('begins with a picture, goes on after it, and says when it has everything', async () => {
  gateway.append(created('a'), created('b'));
  await follow();
  await is('current');
  expect(pictures).toEqual([{ orders: ['a', 'b'], why: null }]);
  gateway.append(created('c'));
  await vi.waitFor(() => expect(ids()).toEqual(['c']), WITHIN);
  expect(states.map(({ state }) => state)).toEqual(['connecting', 'current']);
});

test('[DL5] after a cut it catches up, then says so', async () => {
  await follow();
  await is('current');
  gateway.cut();
  gateway.append(created('a'), created('b'));
  await vi.waitFor(() => expect(ids()).toEqual(['a', 'b']), WITHIN);
  await is('current');
  // What comes with the answer to the subscription is there before anybody can say how far it is behind.
  const told = states.map(({ state }) => state).filter((state) => state !== 'catching-up');
  expect(told).toEqual(['connecting', 'current', 'waiting', 'connecting', 'current']);
  expect(pictures).toHaveLength(1);
});

test('[DL4] a new epoch begins with a new picture, and why', async () => {
  await follow();
  await is('current');
  gateway.append(created('a'));
  await vi.waitFor(() => expect(ids()).toEqual(['a']), WITHIN);
  gateway.newEpoch();
  gateway.notify({ kind: 'epoch-changed', store: 'main' });
  await vi.waitFor(() => expect(pictures).toHaveLength(2), WITHIN);
  expect(pictures[1]).toEqual({ orders: ['a'], why: 'epoch-changed' });
  await is('current');
  gateway.append(created('b'));
  await vi.waitFor(() => expect(ids()).toEqual(['a', 'b']), WITHIN);
});

test('[CN5] an application that does not answer any more is left, and come back to', async () => {
  await follow({ healthEveryMs: 30, timeoutMs: 100 });
  await is('current');
  gateway.script.silent.add('health');
  await vi.waitFor(() => expect(states.some(({ state }) => state === 'waiting')).toBe(true), WITHIN);
  gateway.script.silent.clear();
  await is('current');
  gateway.append(created('a'));
  await vi.waitFor(() => expect(ids()).toEqual(['a']), WITHIN);
});

test('a wait that is asked for is kept, and what only a person can mend ends it', async () => {
  await follow();
  await is('current');
  gateway.script.refuse = { code: 'draining', retryAfterMs: 321 };
  gateway.cut();
  await vi.waitFor(
    () => expect(states).toContainEqual(expect.objectContaining({ state: 'waiting', retryInMs: 321 })),
    WITHIN,
  );
  gateway.script.refuse = { code: 'revoked' };
  await expect(following).rejects.toMatchObject({ code: 'revoked' });
});

test.each([
  ['while a gateway hangs', (): void => void (gateway.script.hang = /challenges/), 'connecting'],
  ['while it waits', (): void => void (gateway.script.refuse = { code: 'draining', retryAfterMs: 60_000 }), 'waiting'],
  ['while all is well', (): void => undefined, 'current'],
] as const)('ends at once %s', async (_when, act, state) => {
  act();
  await follow();
  await is(state);
  const watch = startStopwatch();
  end.abort();
  await following;
  expect(watch.ms()).toBeLessThan(1_500);
});
