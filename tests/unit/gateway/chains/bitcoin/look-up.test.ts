import { describe, expect, it } from 'vitest';
import { movementsOf } from '../../../../../gateway/chains/bitcoin/movements.ts';
import { BitcoinKind } from '../../../../../gateway/chains/bitcoin/bitcoin-kind.ts';
import { bitcoinNetwork } from '../../../../../gateway/chains/bitcoin/network.ts';
import type { BitcoinNode, BitcoinTransaction, Located } from '../../../../../gateway/chains/bitcoin/node.ts';
import { canonicalChain } from '../../../../../gateway/chains/follow/canonical-chain.ts';
import { OrderWatchList } from '../../../../../gateway/chains/follow/watch-list.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { REGTEST, scriptOf } from '../../../../support/bitcoin-node/scripted-chain.ts';

const SHOP = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
const OWN = '2N3oefVeg6stiTb5Kh3ozCSkaqmx91FDbsm';
const [SLOW, RIVAL, SPENT] = ['aa'.repeat(32), 'bb'.repeat(32), `${'cc'.repeat(32)}:0`];
const TOP = { number: 9, hash: 'f9' };

function paying(txid: string, address: string): BitcoinTransaction {
  return { txid, inputs: [SPENT], outputs: [{ script: scriptOf(address), value: 1000n }] };
}

/** What a node answers of the rival of a payment that is in neither pool nor chain. */
async function whereabouts(rival: Located | null | 'unindexed') {
  const network = bitcoinNetwork(REGTEST);
  if (!network) throw new Error('regtest is no network');
  const kind = new BitcoinKind({
    assets: { chain: REGTEST, depth: { settles: 3, countTo: 3 } },
    network,
    now: () => 0,
  });
  const ledger = new MemoryLedger(() => 0);
  await ledger.place('o', orderPaidBy({ chain: REGTEST, symbol: 'BTC', decimals: 8, address: SHOP }));
  const signed = { by: SPENT, nonce: 0 };
  const fact = { chain: REGTEST, asset: 'native', symbol: 'BTC', decimals: 8, amount: '1000', txHash: SLOW, signed };
  const payment = { ...fact, id: `${SLOW}-0`, required: 3, witness: 'node' as const };
  await ledger.say(REGTEST, 'o', { kind: 'payment.detected', data: { payment } });
  const order = await ledger.order('main', 'o');
  if (!order) throw new Error('there is no order');
  const node = {
    transaction: async (txid: string) => (txid === RIVAL ? rival : null),
    spenderOf: async () => RIVAL,
  } as Partial<BitcoinNode> as BitcoinNode;
  const [held] = order.payments;
  if (!held) throw new Error('there is no payment');
  const list = new OrderWatchList(kind.form, [order]);
  return kind.lookUp(node, { payment: held, canonical: canonicalChain([TOP, { number: 8, hash: 'f8' }]), list });
}

const inPool = (address: string): Located => ({ transaction: paying(RIVAL, address), block: null, bid: 9 });

describe('a payment whose input another transaction spends', () => {
  it('is told together with what that one pays to the same address', async () => {
    const where = await whereabouts(inPool(SHOP));
    expect(where).toMatchObject({ kind: 'replaced', by: RIVAL, at: null });
    expect(where.kind === 'replaced' && where.sights).toMatchObject([
      { order: { id: 'o' }, fact: { txHash: RIVAL, amount: '1000' }, mined: null },
    ]);
  });

  it('is replaced by what pays nobody here', async () => {
    expect(await whereabouts(inPool(OWN))).toEqual({ kind: 'replaced', by: RIVAL, at: null, sights: [] });
  });

  it('is replaced by what stands in a walked block, at its time', async () => {
    const mined = { ...inPool(SHOP), block: { ...TOP, at: 1_700_000_000_000 } };
    const where = await whereabouts(mined);
    expect(where).toMatchObject({ kind: 'replaced', at: 1_700_000_000_000 });
    expect(where.kind === 'replaced' && where.sights[0]?.mined?.block).toMatchObject(TOP);
  });

  it('is left to the next look while the rival’s block is not walked, or the rival is gone again', async () => {
    const ahead = { ...inPool(SHOP), block: { number: 10, hash: 'fa', at: 0 } };
    expect(await whereabouts(ahead)).toEqual({ kind: 'unclear' });
    expect(await whereabouts(null)).toEqual({ kind: 'unclear' });
  });

  it('is replaced, by what is not known, where the node looks through its pool alone', async () => {
    expect(await whereabouts('unindexed')).toEqual({ kind: 'replaced', by: RIVAL, at: null, sights: [] });
  });
});

describe('what a transaction pays, whoever is paid', () => {
  it('is said of each output with money, those to watched addresses first, also where a script has no address', () => {
    const network = bitcoinNetwork(REGTEST);
    if (!network) throw new Error('regtest is no network');
    const bare = `21${'02'.repeat(33)}ac`;
    const outputs = [
      { script: '6a0401020304', value: 0n },
      { script: bare, value: 1n },
      { script: scriptOf(OWN), value: 2n },
      { script: scriptOf(SHOP), value: 3n },
    ];
    const list = { has: (key: string) => key === scriptOf(SHOP) };
    const { moves, ...rest } = movementsOf({ txid: SLOW, inputs: [], outputs }, list, network);
    expect(rest).toEqual({ mayMoveMore: false, failed: false });
    expect(moves).toMatchObject([
      { to: SHOP, amount: '3', isWatched: true },
      { to: `script:${bare}`, amount: '1', isWatched: false },
      { to: OWN, amount: '2', symbol: 'BTC', decimals: 8 },
    ]);
  });
});
