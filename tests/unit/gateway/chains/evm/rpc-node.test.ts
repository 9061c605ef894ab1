import { describe, expect, test } from 'vitest';
import type { EvmTransaction } from '../../../../../gateway/chains/evm/node.ts';
import { RpcNode } from '../../../../../gateway/chains/evm/rpc-node.ts';
import { answeredWithError } from '../../../../../gateway/chains/evm/rpc.ts';
import type { Rpc } from '../../../../../gateway/chains/evm/rpc.ts';
import { NodeFailure } from '../../../../../gateway/chains/follow/node-failure.ts';
import { hashOf } from '../../../../support/anvil/pretend-node.ts';

/** An endpoint with answers by method; a function answers each call anew, and what is missing is not known to it. */
function rpcWith(answers: Record<string, unknown>) {
  const asked: string[] = [];
  const rpc: Rpc = {
    host: 'node.example',
    async request(method, params) {
      asked.push(`${method} ${JSON.stringify(params)}`);
      const answer = answers[method];
      if (answer === undefined) throw answeredWithError(-32601, method);
      return typeof answer === 'function' ? (answer as (asked: readonly unknown[]) => unknown)(params) : answer;
    },
    close: async () => undefined,
  };
  return { node: new RpcNode(rpc), asked };
}

const transaction = {
  hash: hashOf('tx', 1).toUpperCase().replace('0X', '0x'),
  from: `0x${'A'.repeat(40)}`,
  to: null,
  value: '0xde0b6b3a7640000',
  input: '0x',
  nonce: '0x5',
  blockHash: null,
  blockNumber: null,
};

describe('a node behind JSON-RPC', () => {
  test('a transaction is read with exact amounts and lower-case names', async () => {
    const { node } = rpcWith({ eth_getTransactionByHash: transaction });
    expect(await node.transaction(hashOf('tx', 1))).toEqual({
      ...{ hash: hashOf('tx', 1), from: `0x${'a'.repeat(40)}`, to: null, value: 10n ** 18n, input: '0x', nonce: 5 },
      bid: null,
      block: null,
    });
  });

  test('null is "not there", an error is not', async () => {
    expect(await rpcWith({ eth_getTransactionByHash: null }).node.transaction(hashOf('tx', 1))).toBeNull();
    const indexing = rpcWith({
      eth_getTransactionByHash: () => {
        throw answeredWithError(-32000, 'eth_getTransactionByHash');
      },
    });
    await expect(indexing.node.transaction(hashOf('tx', 1))).rejects.toThrow(NodeFailure);
  });

  test.each([[{ ...transaction, value: '12' }], [{ ...transaction, nonce: `0x${'f'.repeat(20)}` }], ['x'], [[]]])(
    'what cannot be read is a failure of the endpoint: %j',
    async (answer) => {
      const asked = rpcWith({ eth_getTransactionByHash: answer }).node.transaction(hashOf('tx', 1));
      const message = 'answered eth_getTransactionByHash with what cannot be read';
      await expect(asked).rejects.toMatchObject({ message, answered: true });
    },
  );

  test('a node without a pool to show is listened to all the same', async () => {
    const { node, asked } = rpcWith({});
    await node.listen({ onHead: () => undefined, onLost: () => undefined, onPending: () => undefined });
    const before = asked.length;
    await node.poll();
    await node.poll();
    expect(asked).toHaveLength(before);
  });

  test('a filter that a node forgot is made anew, and taken away in the end', async () => {
    const changes: unknown[] = [[hashOf('tx', 1)], null, [hashOf('tx', 2)]];
    const { node, asked } = rpcWith({
      eth_newPendingTransactionFilter: '0x1',
      eth_uninstallFilter: true,
      eth_getFilterChanges: () => {
        const next = changes.shift();
        if (next === null) throw answeredWithError(-32000, 'eth_getFilterChanges');
        return next;
      },
    });
    const pending: (EvmTransaction | string)[] = [];
    await node.listen({ onHead: () => undefined, onLost: () => undefined, onPending: (each) => pending.push(each) });
    for (let n = 0; n < 3; n += 1) await node.poll();
    expect(pending).toEqual([hashOf('tx', 1), hashOf('tx', 2)]);
    expect(asked.filter((each) => each.startsWith('eth_newPending'))).toHaveLength(2);
    await node.close();
    expect(asked.at(-1)).toBe('eth_uninstallFilter ["0x1"]');
  });

  test('what waited in the pool before the connection is told', async () => {
    const { node } = rpcWith({ eth_getBlockByNumber: { transactions: [transaction] } });
    const pending: (EvmTransaction | string)[] = [];
    await node.listen({ onHead: () => undefined, onLost: () => undefined, onPending: (each) => pending.push(each) });
    expect(pending).toMatchObject([{ hash: hashOf('tx', 1), block: null }]);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['an object of its own', { oldestBlock: '0x1', baseFeePerGas: null }],
  ])('what a node need not know it may answer with %s', async (_, odd) => {
    const head = { number: '0x9', hash: hashOf('block', 9), parentHash: hashOf('block', 8), timestamp: '0x1' };
    const { node } = rpcWith({
      ...{ eth_newPendingTransactionFilter: odd, eth_feeHistory: odd, eth_call: odd },
      eth_getBlockByNumber: ([tag]: readonly unknown[]) =>
        tag === 'latest' ? { ...head, baseFeePerGas: '0x7', gasUsed: null, gasLimit: null } : odd,
    });
    await node.listen({ onHead: () => undefined, onLost: () => undefined, onPending: () => undefined });
    await node.poll();
    expect(await node.nextBaseFee()).toBe(7n);
    expect(await node.symbol(hashOf('tx', 1))).toBeNull();
    expect(await node.tagged('safe')).toBeNull();
  });

  test('a pool is read by whatever a node shows of each transaction', async () => {
    const shown = [hashOf('tx', 2), { ...transaction, nonce: 'x' }, transaction];
    const { node } = rpcWith({ eth_getBlockByNumber: { transactions: shown } });
    const pending: (EvmTransaction | string)[] = [];
    await node.listen({ onHead: () => undefined, onLost: () => undefined, onPending: (each) => pending.push(each) });
    expect(pending).toMatchObject([hashOf('tx', 2), { hash: hashOf('tx', 1) }]);
  });

  test.each([-32005, 429])('asked too often (%s), a node has said nothing of its methods', async (code) => {
    const { node } = rpcWith({
      eth_newPendingTransactionFilter: () => {
        throw answeredWithError(code, 'eth_newPendingTransactionFilter');
      },
    });
    const listening = node.listen({ onHead: () => undefined, onLost: () => undefined, onPending: () => undefined });
    await expect(listening).rejects.toMatchObject({ answered: false });
  });

  test('a log that a reorg took back moved nothing', async () => {
    const log = {
      ...{ address: `0x${'d'.repeat(40)}`, topics: [hashOf('tx', 3)], data: '0x', transactionHash: hashOf('tx', 1) },
      ...{ logIndex: '0x000', blockHash: hashOf('block', 1), blockNumber: '0x0001' },
    };
    const { node } = rpcWith({
      eth_getLogs: [
        { ...log, removed: true },
        { ...log, logIndex: '0x1', removed: false },
      ],
    });
    expect(await node.transfersIn(hashOf('block', 1), null)).toMatchObject([{ index: 1, block: { number: 1 } }]);
  });

  test('of a busy pool the next block is read in one question, of a quiet one each transaction by its hash', async () => {
    const hashes = { now: [1, 2, 3] };
    const { node } = rpcWith({
      eth_newPendingTransactionFilter: '0x1',
      eth_getFilterChanges: () => hashes.now.map((n) => hashOf('tx', n)),
      eth_getBlockByNumber: { transactions: [transaction] },
    });
    const pending: unknown[] = [];
    await node.listen({
      onHead: () => undefined,
      onLost: () => undefined,
      onPending: (each) => void pending.push(typeof each === 'string' ? 'hash' : 'transaction'),
    });
    expect(pending.splice(0)).toEqual(['transaction']);
    await node.poll();
    expect(pending.splice(0)).toEqual(['hash', 'hash', 'hash']);
    hashes.now = Array.from({ length: 17 }, (_, n) => n);
    await node.poll();
    expect(pending).toEqual(['transaction']);
  });
});
