import { beforeEach, describe, expect, test } from 'vitest';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { canonicalChain } from '../../../../../gateway/chains/follow/canonical-chain.ts';
import type { Whereabouts } from '../../../../../gateway/chains/follow/chain-kind.ts';
import { answeredWithError } from '../../../../../gateway/chains/evm/rpc.ts';
import { NodeFailure } from '../../../../../gateway/chains/follow/node-failure.ts';
import { EvmKind } from '../../../../../gateway/chains/evm/evm-kind.ts';
import type { EvmBlock, EvmNode, EvmTransaction } from '../../../../../gateway/chains/evm/node.ts';
import { followTimings } from '../../../../../gateway/chains/follow/timings.ts';
import { tipOf } from '../../../../../gateway/chains/follow/tip.ts';
import { NamedWatch } from '../../../../../gateway/chains/follow/named-watch.ts';
import { Troubles } from '../../../../../gateway/chains/follow/troubles.ts';
import { Unclaimed } from '../../../../../gateway/chains/follow/unclaimed.ts';
import { ObservationBoard } from '../../../../../gateway/observations.ts';
import { Unmined } from '../../../../../gateway/chains/follow/unmined.ts';
import { Watched } from '../../../../../gateway/chains/follow/watched.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, PAYER, PretendNode, coins, hashOf } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN, Hearing } from '../../../../support/anvil/watcher-desk.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;

describe('payments that no block holds', () => {
  let ledger: MemoryLedger;
  let node: PretendNode;
  let unmined: Unmined<EvmNode, EvmBlock, EvmTransaction>;
  let board: ObservationBoard;
  let second: Whereabouts | undefined;
  let now: number;

  beforeEach(async () => {
    [now, second] = [0, undefined];
    ledger = new MemoryLedger(() => START);
    node = new PretendNode(START);
    await ledger.place('o', orderPaidBy({ address: PAYEE, chain: null }), 'cdc');
    const payment = {
      ...{ id: 'p', chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1000' },
      ...{ txHash: hashOf('tx', 1), required: null, witness: 'processor' as const },
    };
    await ledger.say('cdc', 'o', { kind: 'payment.detected', data: { payment } });
    const assets = evmAssets({ id: CHAIN, tokens: [], confirmations: 3 });
    const kind = new EvmKind({ assets, chainId: 31337, now: () => now });
    const { log } = new Hearing();
    board = new ObservationBoard();
    unmined = new Unmined({
      kind,
      watched: new Watched({ ledger, form: kind.form, now: () => now, onOrders: () => undefined }),
      unclaimed: new Unclaimed({ chain: CHAIN, matching: undefined, now: () => START, log }),
      troubles: new Troubles({ chain: CHAIN, observations: board, now: () => START + now }),
      named: new NamedWatch({ chain: CHAIN, observations: board, settlesAt: 3 }),
      timings: followTimings(4, { recheckMs: MINUTE, dropAfterMs: 10 * MINUTE }),
      now: () => now,
      log,
      secondOpinion: async () => second,
    });
  });

  function tip(blocks = node.blocks) {
    return tipOf({ chain: CHAIN, canonical: canonicalChain(blocks), at: START, rule: { settles: 3, countTo: 3 } });
  }

  function trouble() {
    return board.transaction(CHAIN, hashOf('tx', 1)) ?? null;
  }

  /** Looks once, so many minutes later. */
  async function check(minutes = 1): Promise<string[]> {
    now += minutes * MINUTE;
    await unmined.check(node, tip());
    return ledger.story('o').slice(1);
  }

  test('one that is nowhere is dropped when it was so for long, and not before', async () => {
    expect(await check()).toEqual([]);
    expect(await check(9)).toEqual([]);
    expect(await check(1)).toEqual(['payment.dropped']);
    expect(ledger.events.at(-1)?.data['reason']).toBe('In neither pool nor chain for 10 min.');
    expect(await check(20)).toEqual(['payment.dropped']);
  });

  test('being seen in between starts the waiting anew', async () => {
    await check();
    node.pool.set(hashOf('tx', 1), coins(1));
    expect(await check(6)).toEqual(['payment.detected']);
    node.pool.clear();
    expect(await check(6)).toEqual(['payment.detected']);
    expect(await check(10)).toEqual(['payment.detected', 'payment.dropped']);
  });

  test('an error, as nodes give while they index, is not "nowhere"', async () => {
    for (let n = 0; n < 30; n += 1) {
      node.failures.push(answeredWithError(-32000, 'eth_getTransactionByHash'));
      expect(await check()).toEqual([]);
    }
  });

  test('a node that is gone is not taken for an answer', async () => {
    node.failures.push(new NodeFailure('cannot be reached'));
    await expect(check()).rejects.toThrow('cannot be reached');
  });

  test('a second node that knows it keeps it', async () => {
    second = { kind: 'pool', trouble: null };
    await check();
    expect(await check(20)).toEqual([]);
    second = { kind: 'nowhere' };
    expect(await check()).toEqual(['payment.dropped']);
    expect(ledger.events.at(-1)?.data['reason']).toMatch(/of two nodes/);
  });

  test('one that is mined is counted, one that comes back is seen again', async () => {
    await check();
    await check(10);
    node.pool.set(hashOf('tx', 1), coins(1));
    expect(await check()).toEqual(['payment.dropped', 'payment.detected']);
    node.mine([coins(1)]);
    expect((await check()).at(-1)).toBe('payment.confirmations 1');
  });

  test('one that was mined and reverted paid nothing', async () => {
    node.reverted.add(hashOf('tx', 1));
    node.mine([coins(1)]);
    expect(await check()).toEqual(['payment.reverted']);
    expect(await check()).toEqual(['payment.reverted']);
  });

  test('a receipt in a block that was not walked yet is waited for', async () => {
    node.mine([coins(1)]);
    await unmined.check(node, tip(node.blocks.slice(0, 1)));
    expect(ledger.story('o')).toEqual(['payment.detected']);
  });

  test('nobody is asked twice within a while, unless it is asked for', async () => {
    let asked = 0;
    node.transaction = async () => {
      asked += 1;
      return null;
    };
    await check();
    await check(0.5);
    expect(asked).toBe(1);
    unmined.hurry((await ledger.order('main', 'o'))!);
    await check(0);
    expect(asked).toBe(2);
  });

  test('not being found is said at once, with since when and by how many nodes, and taken back when it is found', async () => {
    second = { kind: 'nowhere' };
    await check();
    const since = START + now;
    await check(3);
    expect(trouble()).toEqual({ kind: 'not-found', nodes: 2, since });
    node.pool.set(hashOf('tx', 1), coins(1, { nonce: 0 }));
    await check();
    expect(trouble()).toBeNull();
  });

  test('a missing nonce, and a fee below what the next block asks, are said while they last', async () => {
    const [early, late] = [coins(0, { nonce: 0 }), coins(1, { nonce: 1, bid: 10n })];
    node.pool.set(late.hash, late);
    await check();
    expect(trouble()).toEqual({ kind: 'nonce-gap', nonce: 1, next: 0 });
    node.pool.set(early.hash, early);
    await check();
    expect(trouble()).toBeNull();
    node.mine([early]);
    node.baseFee = 11n;
    await check();
    expect(trouble()).toEqual({ kind: 'fee-too-low', bid: '10', asked: '11' });
    node.baseFee = 10n;
    unmined.headMoved();
    await check(0.5);
    expect(trouble()).toBeNull();
    expect(ledger.story('o')).toEqual(['payment.detected', 'payment.detected']);
  });

  test('one that waits behind another for blocks on end has a gap before it', async () => {
    const [early, late] = [coins(0, { nonce: 0 }), coins(1, { nonce: 1 })];
    for (const each of [early, late]) node.pool.set(each.hash, each);
    await check();
    for (let n = 0; n < 3; n += 1) node.mine();
    expect(trouble()).toBeNull();
    await check();
    expect(trouble()).toEqual({ kind: 'nonce-gap', nonce: 1, next: 0 });
  });

  test('one whose nonce another transaction took is replaced by that one, wherever in the walked blocks it stands', async () => {
    const ours = coins(1, { nonce: 5 });
    node.pool.set(ours.hash, ours);
    node.mine([coins(8, { nonce: 4 })]);
    await check();
    node.pool.clear();
    const other = coins(9, { nonce: 5, to: null });
    for (const each of [[], [other], [], []]) node.mine(each);
    expect(await check()).toEqual(['payment.detected', 'payment.replaced']);
    expect(ledger.events.at(-1)?.data).toMatchObject({ byTxHash: other.hash });
    expect(await check(30)).toEqual(['payment.detected', 'payment.replaced']);
  });

  test('the node’s word stands beside the processor’s once it sees the payment, and is said once', async () => {
    node.pool.set(hashOf('tx', 1), coins(1, { nonce: 0 }));
    expect(await check()).toEqual(['payment.detected']);
    expect((await ledger.order('main', 'o'))?.payments).toMatchObject([{ words: { processor: {}, node: {} } }]);
    expect(await check()).toEqual(['payment.detected']);
  });

  describe('what a customer named', () => {
    const named = hashOf('tx', 7);
    const said = () => board.transaction(CHAIN, named) ?? null;

    beforeEach(async () => {
      const data = { chain: CHAIN, txHash: named };
      await ledger.place('d', orderPaidBy({ address: PAYEE }, { createdAt: START }));
      await ledger.say('desk', 'd', { kind: 'transaction.named', data });
    });

    test('is looked for, less often than what was seen, and said when no node knows it', async () => {
      second = { kind: 'nowhere' };
      let asked = 0;
      const transaction = node.transaction.bind(node);
      node.transaction = async (hash) => {
        if (hash === named) asked += 1;
        return transaction(hash);
      };
      await check();
      expect(said()).toMatchObject({ kind: 'not-found', nodes: 2 });
      await check(5);
      expect(asked).toBe(1);
      unmined.hurry((await ledger.order('main', 'd'))!);
      second = { kind: 'pool', trouble: null };
      await check(0);
      expect([asked, said()]).toEqual([2, null]);
    });

    test('that pays somebody else is shown with what it moves, and counted on without asking again', async () => {
      node.mine([coins(7, { to: PAYER })]);
      await check();
      const [move] = board.movements(CHAIN, named)?.moves ?? [];
      expect(move).toMatchObject({
        asset: 'native',
        to: expect.stringMatching(new RegExp(PAYER, 'i')),
        isWatched: false,
      });
      expect(board.movements(CHAIN, named)).toMatchObject({ mined: { height: 1, settlesAt: 3, isSettled: false } });
      node.transaction = async () => null;
      node.mine([]);
      node.mine([]);
      await check(0);
      expect(board.movements(CHAIN, named)).toMatchObject({ mined: { isSettled: true } });
    });

    test('and whose block a reorg took is taken back at once, and looked up again', async () => {
      node.mine([coins(7, { to: PAYER })]);
      await check();
      expect(board.movements(CHAIN, named)?.mined).toMatchObject({ height: 1 });
      let asked = 0;
      node.transaction = async () => {
        asked += 1;
        throw answeredWithError(-32000, 'eth_getTransactionByHash');
      };
      const other = { number: 1, hash: hashOf('block', 99) };
      await unmined.check(node, tip([...node.blocks.slice(0, 1), { ...node.blocks[1]!, ...other }]));
      expect([board.movements(CHAIN, named), asked]).toEqual([null, 1]);
    });

    test('becomes a payment where it pays the order, and is not looked up again once it is mined', async () => {
      node.mine([coins(7)]);
      await check();
      expect(ledger.story('d')).toEqual(['transaction.named', 'payment.detected', 'payment.confirmations 1']);
      node.mine([coins(9, { to: null })]);
      await ledger.say('desk', 'd', { kind: 'transaction.named', data: { chain: CHAIN, txHash: hashOf('tx', 9) } });
      await check();
      let asked = 0;
      node.transaction = async () => {
        asked += 1;
        return null;
      };
      await check(60);
      expect(asked).toBe(1);
      expect(ledger.story('d')).toHaveLength(4);
    });
  });
});
