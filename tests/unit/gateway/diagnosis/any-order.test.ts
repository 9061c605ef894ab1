import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventData } from '../../../../contract/events.ts';
import type { Event } from '../../../../contract/events.ts';
import { fold, foldAll } from '../../../../contract/fold.ts';
import type { Order } from '../../../../contract/order.ts';
import { createDiagnose } from '../../../../gateway/diagnosis/evaluate.ts';
import type { EventDraft } from '../../../../gateway/ledger.ts';
import { ObservationBoard } from '../../../../gateway/observations.ts';
import { log } from '../../contract/arbitrary-events.ts';

const CHAIN = 'eip155:1';
const diagnose = createDiagnose({
  release: new Map([['main', [{ chain: CHAIN, upTo: { currency: 'USD', amount: '10' }, confirmations: 1 }]]]),
  watchedChains: new Set([CHAIN]),
  conflictMs: new Map([['main', 500]]),
  webhooks: new Map([['cdc', { announces: 'money', withinMs: 500, hintMs: 0 }]]),
});

const trouble = fc.constantFrom(
  { kind: 'fee-too-low', bid: '1', asked: '2' } as const,
  { kind: 'nonce-gap', nonce: 2, next: 1 } as const,
  { kind: 'not-found', nodes: 2, since: 100 } as const,
  null,
);
const movements = fc.option(
  fc.record({
    moves: fc.array(
      fc.record({
        to: fc.constantFrom('0xd0', '0xe1', 'script:51'),
        asset: fc.constantFrom('native', 'erc20:0xa0'),
        symbol: fc.constantFrom('ETH', '0xa0'),
        decimals: fc.option(fc.nat(18)),
        amount: fc.nat().map(String),
        isWatched: fc.boolean(),
      }),
      { maxLength: 30 },
    ),
    mayMoveMore: fc.boolean(),
    failed: fc.boolean(),
    mined: fc.option(
      fc.record({ height: fc.nat(), settlesAt: fc.option(fc.integer({ min: 1, max: 64 })), isSettled: fc.boolean() }),
    ),
  }),
);
const state = fc.constantFrom('ok', 'behind', 'down', 'disagrees' as const);
const observed = fc
  .record({
    troubles: fc.dictionary(fc.constantFrom('0x01', '0x02', '0x03'), trouble),
    moved: fc.dictionary(fc.constantFrom('0x01', '0x02', '0x03'), movements),
    nodes: fc.array(state, { maxLength: 3 }),
    blockMs: fc.option(fc.nat(20_000)),
    line: fc.constantFrom('hearing', 'late', 'down' as const),
    startedAt: fc.nat(200_000),
  })
  .map(({ troubles, moved, nodes, blockMs, line, startedAt }) => {
    const board = new ObservationBoard(startedAt);
    for (const [hash, each] of Object.entries(troubles)) board.sawTransaction(CHAIN, hash, each);
    for (const [hash, each] of Object.entries(moved)) board.sawMovements(CHAIN, hash, each);
    const standing = nodes.map((each, n) => ({ name: `node${n}`, state: each, height: n }));
    board.sawChain(CHAIN, { nodes: standing, blockMs, fee: null });
    for (const id of ['cdc', CHAIN]) board.sawSource({ id, kind: 'any', state: line, lastHeardAt: null, lagMs: null });
    return board;
  });

function after(order: Order, drafts: readonly EventDraft[], now: number): Order {
  return drafts.reduce<Order>((held, { kind, source, data }, index) => {
    const event: Event = {
      ...{ seq: held.updatedSeq + 1 + index, id: crypto.randomUUID(), epoch: 'e', store: held.store, order: held.id },
      ...{ kind, source, data, at: { occurred: null, sent: null, received: now } },
    };
    return fold(held, event) ?? held;
  }, order);
}

describe('diagnosis, of any order', () => {
  it('[DG1] is total, says what the contract allows, and has nothing to add to what it said', () => {
    const found = new Set<string>();
    fc.assert(
      fc.property(log, observed, fc.nat(300_000), (events, board, now) => {
        for (const order of foldAll(new Map(), events).values()) {
          const drafts = diagnose(order, now, board, (at) => expect(at).toBeGreaterThan(now));
          for (const { kind, data } of drafts) {
            expect(eventData[kind].safeParse(data).error?.issues).toBeUndefined();
            if (kind === 'diagnosis.changed') for (const { code } of data.findings) found.add(code);
          }
          const told = after(order, drafts, now);
          // A verdict changes what the next look finds at the most once: what was released may be lost.
          expect(diagnose(after(told, diagnose(told, now, board), now), now, board)).toEqual([]);
        }
      }),
      { numRuns: 1_500 },
    );
    expect([...found].length).toBeGreaterThan(15);
  });
});
