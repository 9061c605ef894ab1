import { describe, expect, it } from 'vitest';
import { answerRpc } from '../../../../../demo/chains/evm/rpc.ts';
import { createChain } from '../../../../../demo/chains/evm/chain.ts';
import { answerJson } from '../../../../../demo/chains/evm/json-rpc.ts';

const chain = createChain(31_337, 1_790_000_000_000);

function ask(call: unknown): unknown {
  const body = typeof call === 'string' ? call : JSON.stringify(call);
  return JSON.parse(answerJson(body, (method, parameters) => answerRpc(chain, method, parameters)));
}

describe("the pretend node's JSON-RPC", () => {
  it('answers a call, and a batch in its order', () => {
    expect(ask({ jsonrpc: '2.0', id: 1, method: 'eth_chainId' })).toEqual({ jsonrpc: '2.0', id: 1, result: '0x7a69' });
    const batch = [
      { jsonrpc: '2.0', id: 'a', method: 'eth_blockNumber', params: [] },
      { jsonrpc: '2.0', id: 'b', method: 'net_version', params: [] },
    ];
    expect(ask(batch)).toMatchObject([
      { id: 'a', result: '0x0' },
      { id: 'b', result: '31337' },
    ]);
  });

  it.each([
    ['what is not JSON', 'no', -32700],
    ['what is no call', 'null', -32600],
    ['a call without a method', { id: 1 }, -32600],
    ['parameters by name', { id: 1, method: 'eth_chainId', params: {} }, -32600],
    ['an unknown method', { id: 1, method: 'eth_sendRawTransaction', params: [] }, -32601],
    ['a method of every object', { id: 1, method: 'toString', params: [] }, -32601],
    ['a block that is none', { id: 1, method: 'eth_getBlockByNumber', params: ['soon', false] }, -32602],
    ['a hash that is no text', { id: 1, method: 'eth_getTransactionByHash', params: [7] }, -32602],
    ['a filter that is none', { id: 1, method: 'eth_getLogs', params: [] }, -32602],
    ['logs of an unknown block', { id: 1, method: 'eth_getLogs', params: [{ blockHash: '0x1' }] }, -32000],
  ])('refuses %s', (_, call, code) => {
    expect(ask(call)).toMatchObject({ error: { code } });
  });

  it.each(['eth_getTransactionByHash', 'eth_getTransactionReceipt', 'eth_getBlockByHash'])(
    '%s of something unknown is null',
    (method) => expect(ask({ id: 1, method, params: [`0x${'0'.repeat(64)}`] })).toMatchObject({ result: null }),
  );

  it('knows no block beyond the head', () => {
    expect(ask({ id: 1, method: 'eth_getBlockByNumber', params: ['0x1', true] })).toMatchObject({ result: null });
  });
});
