import { describe, expect, test } from 'vitest';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { EvmKind } from '../../../../../gateway/chains/evm/evm-kind.ts';
import { RpcNode } from '../../../../../gateway/chains/evm/rpc-node.ts';
import { answeredWithError } from '../../../../../gateway/chains/evm/rpc.ts';
import { canonicalChain } from '../../../../../gateway/chains/follow/canonical-chain.ts';
import { OrderWatchList } from '../../../../../gateway/chains/follow/watch-list.ts';
import type { Payment } from '../../../../../contract/order.ts';
import { PAYER, hashOf } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN } from '../../../../support/anvil/watcher-desk.ts';

const hash = hashOf('tx', 1);
const place = { blockHash: hashOf('block', 1), blockNumber: '0x1' };
const transaction = { hash, from: PAYER, to: PAYER, value: '0x1', input: '0x', nonce: '0x0', ...place };
const receipt = { transactionHash: hash, status: '0x1', logs: [], ...place };
const payment: Payment = {
  ...{ id: 'p', chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1', txHash: hash, required: null },
  ...{ witness: 'processor', confirmations: null, state: 'seen', seenAt: 0 },
};

/** Where a payment is, by what a node answers of it. */
async function whereabouts(answers: Record<string, unknown>) {
  const kind = new EvmKind({
    assets: evmAssets({ id: CHAIN, tokens: [], confirmations: 3 }),
    chainId: 31337,
    now: () => 0,
  });
  const node = new RpcNode({
    host: 'node.example',
    async request(method) {
      if (!(method in answers)) throw answeredWithError(-32601, method);
      return answers[method];
    },
    close: async () => undefined,
  });
  const canonical = canonicalChain([{ number: 1, hash: place.blockHash }]);
  return (await kind.lookUp(node, { payment, canonical, list: new OrderWatchList(kind.form) })).kind;
}

describe('looking a transaction up', () => {
  const header = { number: '0x1', hash: place.blockHash, parentHash: hashOf('block', 0), timestamp: '0x1' };
  const whole = {
    ...{ eth_getTransactionByHash: transaction, eth_getTransactionReceipt: receipt, eth_getBlockByNumber: header },
  };

  test('it is mined where receipt and block say so', async () => {
    expect(await whereabouts(whole)).toBe('mined');
  });

  // A customer may name any transaction, also one of the first years, whose receipt has no status.
  test.each<[string, Record<string, unknown>]>([
    ['its receipt has no status', { eth_getTransactionReceipt: { ...receipt, status: undefined, root: hash } }],
    ['its receipt is not there yet', { eth_getTransactionReceipt: null }],
    ['its block is another one by now', { eth_getBlockByNumber: { ...header, hash: hashOf('block', 2) } }],
    ['it lacks what every transaction has', { eth_getTransactionByHash: { ...transaction, nonce: null } }],
  ])('it is unclear, and the node is well, where %s', async (_, odd) => {
    expect(await whereabouts({ ...whole, ...odd })).toBe('unclear');
  });
});
