import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownEvent } from '../../../../../contract/events.ts';
import type { Event } from '../../../../../contract/events.ts';
import { counts } from '../../../../../contract/settlement.ts';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { EvmKind } from '../../../../../gateway/chains/evm/evm-kind.ts';
import { ChainMoved } from '../../../../../gateway/chains/follow/chain-moved.ts';
import { Unclaimed } from '../../../../../gateway/chains/follow/unclaimed.ts';
import { Walk } from '../../../../../gateway/chains/follow/walk.ts';
import { Watched } from '../../../../../gateway/chains/follow/watched.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, PretendNode, coins } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN, Hearing, MemoryTrail } from '../../../../support/anvil/watcher-desk.ts';

const START = 1_700_000_000_000;
const REQUIRED = 3;

/** A trail on a disk that may fail before it remembers. */
class FailingTrail extends MemoryTrail {
  failing = false;

  override async replaceFrom(from: number, blocks: Parameters<MemoryTrail['replaceFrom']>[1]): Promise<void> {
    if (this.failing) {
      this.failing = false;
      throw new Error('the disk is full');
    }
    await super.replaceFrom(from, blocks);
  }
}

async function desk(createdAt = START) {
  const ledger = new MemoryLedger(() => START);
  await ledger.place('o', orderPaidBy({ address: PAYEE }, { createdAt }));
  const node = new PretendNode(START);
  const trail = new FailingTrail();
  const assets = evmAssets({ id: CHAIN, tokens: [], confirmations: REQUIRED });
  const kind = new EvmKind({ assets, chainId: 31337, now: () => 0 });
  const watched = new Watched({ ledger, form: kind.form, now: () => 0, onOrders: () => undefined });
  const { log } = new Hearing();
  /** A walk that counts after each look, as the follower does. */
  const start = () => {
    const walk = new Walk({
      kind,
      watched,
      unclaimed: new Unclaimed({ chain: CHAIN, matching: undefined, now: () => START, log }),
      trail,
      clock: { now: () => START },
      log,
      youngMs: 60_000,
      between: async () => undefined,
      consult: async () => undefined,
      agreed: () => Infinity,
    });
    return {
      follow: async (from: PretendNode) => {
        const followed = await walk.follow(from);
        await walk.recount();
        return followed;
      },
    };
  };
  return { ledger, node, trail, start };
}

/** Payments whose block changed in the log without a reorg that says so. */
function silentMoves(events: readonly Event[]): string[] {
  const blocks = new Map<string, string>();
  return events.map(knownEvent).flatMap((event) => {
    if (event?.kind === 'payment.reorged') blocks.delete(event.data.paymentId);
    if (event?.kind !== 'payment.confirmations') return [];
    const { paymentId, block } = event.data;
    const before = blocks.get(paymentId);
    blocks.set(paymentId, block.hash);
    return before !== undefined && before !== block.hash ? [paymentId] : [];
  });
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('mine' as const), pays: fc.array(fc.nat(4), { maxLength: 2 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fork' as const),
      depth: fc.integer({ min: 1, max: 6 }),
      pays: fc.array(fc.nat(4), { maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('follow' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('full disk' as const) }) },
);

describe('walking the chain', () => {
  test('after any reorgs, restarts and stops in between, the payments are those of the canonical chain', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { ledger, node, trail, start } = await desk();
        let walk = start();
        const mine = (pays: readonly number[], on: number) => {
          const held = node.blocks.slice(0, on + 1).flatMap(({ transactions }) => transactions.map(({ hash }) => hash));
          node.mine(
            [...new Set(pays)].map((n) => coins(n)).filter(({ hash }) => !held.includes(hash)),
            on,
          );
        };
        for (const each of steps) {
          const top = node.blocks.length - 1;
          if (each.kind === 'mine') mine(each.pays, top);
          if (each.kind === 'fork') {
            mine(each.pays, Math.max(0, top - each.depth));
            while (node.blocks.length - 1 < top) node.mine();
          }
          if (each.kind === 'follow') await walk.follow(node);
          if (each.kind === 'restart') walk = start();
          if (each.kind === 'full disk' && node.blocks.at(-1)!.hash !== trail.blocks[0]?.hash) {
            trail.failing = true;
            await expect(walk.follow(node)).rejects.toThrow('the disk is full');
            walk = start();
          }
        }
        node.mine();
        await walk.follow(node);
        const told = ledger.events.length;
        await start().follow(node);
        expect(ledger.events).toHaveLength(told);

        expect(silentMoves(ledger.events)).toEqual([]);
        const height = node.blocks.length - 1;
        const canonical = node.blocks.flatMap(({ transactions }) => transactions);
        const expected = canonical.map(({ hash, block }) => {
          const confirmations = Math.min(REQUIRED, height - block!.number + 1);
          return { hash, block: block!, confirmations, state: confirmations < REQUIRED ? 'confirming' : 'settled' };
        });
        const order = await ledger.order('main', 'o');
        const held = order!.payments
          .filter(counts)
          .map(({ txHash, block, confirmations, state }) => ({ hash: txHash, block, confirmations, state }));
        const byHash = (a: { hash: string | null }, b: { hash: string | null }) => (a.hash! < b.hash! ? -1 : 1);
        expect(held.sort(byHash)).toEqual(expected.sort(byHash));
        expect(trail.blocks).toEqual(node.blocks.map(({ number, hash }) => ({ number, hash })).reverse());
      }),
      { numRuns: 300 },
    );
  });

  test('a chain that moves while it is read is not believed', async () => {
    const { ledger, node, start } = await desk();
    const walk = start();
    await walk.follow(node);
    node.mine([coins(1)]);
    const read = node.block.bind(node);
    node.block = async (number) => {
      node.block = read;
      const block = await read(number);
      return block && { ...block, parentHash: `0x${'9'.repeat(64)}` };
    };
    await expect(walk.follow(node)).rejects.toThrow(ChainMoved);
    expect(ledger.story('o')).toEqual([]);
    await walk.follow(node);
    expect(ledger.story('o')).toEqual(['payment.detected', 'payment.confirmations 1']);
  });

  test('[FR1] a node that falls behind is refused, one that is a block late is waited for', async () => {
    const { node, start } = await desk();
    const walk = start();
    for (let n = 0; n < 10; n += 1) node.mine();
    await walk.follow(node);
    const whole = node.blocks;
    node.blocks = whole.slice(0, -1);
    expect((await walk.follow(node)).moved).toBe(false);
    node.blocks = whole.slice(0, -6);
    await expect(walk.follow(node)).rejects.toThrow('is 6 blocks behind');
  });

  test('a reorg deeper than what was walked takes back what stood below it', async () => {
    const { ledger, node, start, trail } = await desk();
    node.mine([coins(1)]);
    for (let n = 0; n < 1_100; n += 1) node.mine();
    const walk = start();
    await walk.follow(node);
    const block = { number: 1, hash: node.blocks[1]!.hash };
    const payment = (await ledger.order('main', 'o'))?.payments[0];
    expect(payment).toBeUndefined();
    const sighted = {
      ...{ id: 'p', chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1000' },
      ...{ txHash: coins(1).hash, required: REQUIRED, witness: 'node' as const },
    };
    await ledger.say(CHAIN, 'o', { kind: 'payment.detected', data: { payment: sighted } });
    const deep = { paymentId: 'p', confirmations: REQUIRED, required: REQUIRED, block };
    await ledger.say(CHAIN, 'o', { kind: 'payment.confirmations', data: deep });
    await ledger.say(CHAIN, 'o', { kind: 'payment.settled', data: { paymentId: 'p' } });
    node.mine();
    await walk.follow(node);
    expect((await ledger.order('main', 'o'))?.status).toBe('paid');
    node.mine([], 0);
    for (let n = 0; n < 1_200; n += 1) node.mine();
    await walk.follow(node);
    expect(trail.blocks.at(-1)!.number).toBeGreaterThan(1);
    expect(ledger.story('o').at(-1)).toBe('payment.reorged');
    expect((await ledger.order('main', 'o'))?.status).toBe('awaiting');
  });

  test('on a first start, money that came before its order is not the order’s', async () => {
    const { ledger, node, start } = await desk(START + 3_600_000);
    node.mine([coins(1)]);
    await start().follow(node);
    expect(ledger.story('o')).toEqual([]);
  });

  test('on a first start, blocks are walked back to the oldest order', async () => {
    const { ledger, node, start } = await desk();
    node.mine([coins(1)]);
    for (let n = 0; n < 100; n += 1) node.mine();
    await start().follow(node);
    expect(ledger.story('o')).toEqual(['payment.detected', 'payment.confirmations 3', 'payment.settled']);
  });
});
