import { createPublicClient, http, parseAbiItem, webSocket } from 'viem';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { transferCall } from '../../../demo/chains/evm/block.ts';
import { openChainServer } from '../../../demo/chains/node-server.ts';
import type { ChainServer } from '../../../demo/chains/node-server.ts';
import { createChain } from '../../../demo/chains/evm/chain.ts';
import type { Chain } from '../../../demo/chains/evm/chain.ts';
import { evmFront } from '../../../demo/chains/evm/front.ts';
import { PATIENCE } from '../../support/patience.ts';

const TOKEN = '0x5f3b5dfeb7b28cdbd7faba78963ee202a494e2a2';
const ALICE = '0x0000000000000000000000000000000000000011';
const BOB = '0x0000000000000000000000000000000000000022';
const transfer = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)');
let chain: Chain;
let server: ChainServer;

beforeEach(async () => {
  chain = createChain(31_337, Date.now());
  server = await openChainServer({ '/': evmFront({ chain }) }, 0);
});
afterEach(() => server.close());

describe('the pretend node, asked by a real client', () => {
  it('shows a transaction from the pool to its receipt', async () => {
    const client = createPublicClient({ transport: http(server.url) });
    const { hash } = chain.send({ from: ALICE, to: BOB, value: 10n ** 18n });
    expect(await client.getTransaction({ hash })).toMatchObject({ blockNumber: null, value: 10n ** 18n, nonce: 0 });
    await expect(client.getTransactionReceipt({ hash })).rejects.toThrow(/could not be found/);
    const block = chain.mine(Date.now());
    expect(await client.getTransactionReceipt({ hash })).toMatchObject({ status: 'success', blockHash: block.hash });
    const shown = await client.getBlock({ includeTransactions: true });
    expect(shown).toMatchObject({ number: 1n, hash: block.hash, transactions: [{ hash, from: ALICE, to: BOB }] });
    expect(await client.getTransactionCount({ address: ALICE })).toBe(1);
    expect(await client.getChainId()).toBe(31_337);
  });

  it('shows token transfers by block, range and receiver; a failed one has none', async () => {
    const client = createPublicClient({ transport: http(server.url) });
    const call = { from: ALICE, to: TOKEN, value: 0n, input: transferCall(BOB, 42n) } as const;
    const { hash } = chain.send(call);
    const failed = chain.send({ ...call, fails: true });
    const block = chain.mine(Date.now());
    chain.mine(Date.now());
    const expected = [{ transactionHash: hash, args: { from: ALICE, to: BOB, value: 42n }, logIndex: 0 }];
    const ask = { address: TOKEN, event: transfer } as const;
    expect(await client.getLogs({ ...ask, blockHash: block.hash })).toMatchObject(expected);
    expect(await client.getLogs({ ...ask, args: { to: [BOB] }, fromBlock: 0n, toBlock: 'latest' })).toMatchObject(
      expected,
    );
    expect(await client.getLogs({ ...ask, args: { to: [ALICE] }, fromBlock: 0n })).toEqual([]);
    expect(await client.getLogs({ ...ask, fromBlock: 2n })).toEqual([]);
    expect(await client.getTransactionReceipt({ hash: failed.hash })).toMatchObject({ status: 'reverted', logs: [] });
  });

  it('tells pollers of pending transactions once', async () => {
    const client = createPublicClient({ transport: http(server.url) });
    const filter = await client.createPendingTransactionFilter();
    const { hash } = chain.send({ from: ALICE, to: BOB, value: 1n });
    expect(await client.getFilterChanges({ filter })).toEqual([hash]);
    expect(await client.getFilterChanges({ filter })).toEqual([]);
    expect(await client.uninstallFilter({ filter })).toBe(true);
    await expect(client.getFilterChanges({ filter })).rejects.toThrow(/filter not found/);
  });

  it('pushes heads and pending transactions over a WebSocket, heads of a reorg too', async () => {
    const client = createPublicClient({ transport: webSocket(server.socketUrl, { reconnect: false }) });
    const [heads, pending]: [bigint[], string[]] = [[], []];
    const ends = [
      client.watchBlocks({ onBlock: ({ number }) => number !== null && heads.push(number) }),
      client.watchPendingTransactions({ onTransactions: (hashes) => pending.push(...hashes) }),
    ];
    const rounds = vi.waitFor(() => {
      chain.mine(Date.now());
      chain.send({ from: ALICE, to: BOB, value: 1n });
      expect(heads.length).toBeGreaterThan(1);
      expect(pending.length).toBeGreaterThan(1);
    }, PATIENCE);
    await rounds;
    const before = chain.head().number;
    chain.reorganise(1, new Set(), Date.now());
    await vi.waitFor(() => expect(heads.slice(-2)).toEqual([BigInt(before), BigInt(before + 1)]), PATIENCE);
    for (const end of ends) end();
    (await client.transport.getRpcClient()).close();
  });

  it('is gone at once when it is closed, whoever is connected; closing twice is harmless', async () => {
    const socket = new WebSocket(server.socketUrl);
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
    await server.close();
    await closed;
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('says so when its port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(openChainServer({ '/': evmFront({ chain }) }, port)).rejects.toThrow(/EADDRINUSE/);
  });
});
