/** Whatever a chain and its nodes went through: in the end the gateway holds what a simple look at the chain gives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Order, Payment } from '../../../../../contract/order.ts';
import { counts } from '../../../../../contract/settlement.ts';
import { REQUIRED, bitcoinFamily, evmFamily, oddEvmFamily } from '../../../../support/chain-histories/families.ts';
import type { Family } from '../../../../support/chain-histories/families.ts';
import { oddities } from '../../../../support/chain-histories/oddity.ts';
import { History } from '../../../../support/chain-histories/history.ts';
import type { World, WorldTransaction } from '../../../../support/chain-histories/world.ts';

const SLOTS = 4;
const fates = ['block', 'pool', 'lost'] as const;
const node = fc.nat(2);
const picks = fc.array(fc.nat(2), { minLength: SLOTS, maxLength: SLOTS });

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      slot: fc.nat(SLOTS - 1),
      payload: fc.nat(4),
      amount: fc.integer({ min: 1, max: 400 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('mine' as const), picks }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('fork' as const), depth: fc.integer({ min: 1, max: 5 }), picks }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('evict' as const), nth: fc.nat(3) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('show' as const), node }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('all look' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), node }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('look' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('odd answers' as const),
      odd: fc.array(fc.record({ oddity: fc.constantFrom(...oddities), at: fc.nat(12) }), { maxLength: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('logs' as const), late: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function play(history: History, { payloads }: Family, each: Step): Promise<void> {
  const { world } = history;
  switch (each.kind) {
    case 'send':
      world.send(each.slot, payloads[each.payload % payloads.length]!, BigInt(each.amount));
      break;
    case 'mine':
      world.mine(({ slot }) => each.picks[slot] !== 0);
      break;
    case 'fork':
      world.fork(each.depth, ({ slot }) => fates[each.picks[slot]!]!);
      break;
    case 'evict':
      world.evict(each.nth);
      break;
    case 'show':
      world.show(each.node);
      break;
    case 'fail':
      world.fail(each.node);
      break;
    case 'all look':
      world.nodes.forEach((_, each) => world.show(each));
      await history.look();
      break;
    case 'look':
      await history.look();
      break;
    case 'wait':
      history.pass(120_000);
      break;
    case 'restart':
      await history.restart();
      break;
    case 'odd answers':
      world.odd.push(...each.odd);
      world.wasOdd = true;
      break;
    case 'logs':
      world.areLogsLate = each.late;
      break;
    default:
      each satisfies never;
  }
}

interface Line {
  readonly txHash: string | null;
  readonly amount: string;
  readonly state: Payment['state'];
  readonly confirmations: number | null;
  readonly block: string | null;
}

/** The chain read from its first block to its last, and then the pool. */
function oracle({ blocks, height, pool }: World, family: Family, { payments }: Order): Line[] {
  const mined = blocks.flatMap((block) =>
    block.transactions.flatMap((each) => {
      const confirmations = Math.min(REQUIRED, height - block.number + 1);
      const state = confirmations < REQUIRED ? ('confirming' as const) : ('settled' as const);
      return lines(family, each, family.pays(each).mined, { state, confirmations, block: family.blockHash(block.id) });
    }),
  );
  const isKnown = ({ id }: WorldTransaction): boolean => payments.some(({ txHash }) => txHash === family.hash(id));
  const shown = [...pool.values()].filter((each) => family.isPlain(each.payload) || isKnown(each));
  const waiting = shown.flatMap((each) =>
    lines(family, each, family.pays(each).pooled, { state: 'seen', confirmations: null, block: null }),
  );
  return [...mined, ...waiting];
}

function lines(
  family: Family,
  { id }: WorldTransaction,
  amounts: readonly bigint[],
  rest: Pick<Line, 'state' | 'confirmations' | 'block'>,
): Line[] {
  return amounts.map((amount) => ({ txHash: family.hash(id), amount: amount.toString(), ...rest }));
}

function heldBy({ payments }: Order): Line[] {
  return payments.filter(counts).map(({ amount, block, confirmations, state, txHash }) => ({
    ...{ txHash, amount, state, confirmations, block: block?.hash ?? null },
  }));
}

function sorted(all: readonly Line[]): string[] {
  return all.map((each) => JSON.stringify(each)).sort();
}

describe.each([evmFamily, oddEvmFamily, bitcoinFamily])('any history of $name', (family) => {
  test('ends in what the chain holds: nothing lost, counted twice, or deeper than it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 45 }), async (steps) => {
        const history = await History.begin(family);
        try {
          for (const each of steps) {
            await play(history, family, each);
            expect(await history.lies()).toEqual([]);
          }
          await history.settle();
          const order = await history.order();
          expect(sorted(heldBy(order))).toEqual(sorted(oracle(history.world, family, order)));
          expect(order.payments.filter(({ state }) => state === 'reorged')).toEqual([]);
        } finally {
          await history.close();
        }
      }),
      // More are played by `HISTORIES=5000`, others by another seed.
      { numRuns: Number(process.env['HISTORIES'] ?? 300) },
    );
  });
});
