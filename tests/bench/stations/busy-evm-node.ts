import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressTopic, TRANSFER_TOPIC } from '../../../gateway/chains/evm/erc20.ts';

/** As many as a full block of Ethereum has. */
const TRANSACTIONS = 180;
const TRANSFERS = 320;

/** What a node was asked so far. */
export interface Asked {
  /** Calls, those in batches one by one. */
  readonly calls: number;
  /** Of them, to learn what is in the pool. */
  readonly pool: number;
  readonly requests: number;
}

export interface BusyNode {
  readonly url: string;
  asked(): Asked;
  /** As many transactions as a block has come into the pool, one of them to one of the addresses. */
  fill(): void;
  /** The pool becomes a block. */
  mine(): void;
  close(): void;
}

interface Block {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly paid: string;
}

/** A node with the traffic of a busy chain, where now and then a watched address is paid. */
export async function startBusyEvmNode(chainId: number, addresses: readonly string[]): Promise<BusyNode> {
  const blocks: Block[] = [{ number: 0, hash: hashOf('block', 0), parentHash: hashOf('none', 0), paid: '' }];
  const state = { calls: 0, pool: 0, pending: 0 };
  const answer = (method: string, params: readonly unknown[]): unknown => {
    state.calls += 1;
    if (/FilterChanges|TransactionByHash/.test(method) || params[0] === 'pending') state.pool += 1;
    const top = blocks.at(-1);
    switch (method) {
      case 'eth_chainId':
        return hex(chainId);
      case 'eth_getBlockByNumber':
        if (params[0] === 'pending') return pendingJson();
        return blockJson(params[0] === 'latest' ? top : blocks[Number(params[0])], params[1] === true);
      case 'eth_getLogs':
        return logsOf(blocks.find(({ hash }) => hash === (params[0] as { blockHash: string }).blockHash));
      case 'eth_feeHistory':
        return { baseFeePerGas: ['0x3b9aca00', '0x3b9aca00'] };
      case 'eth_newPendingTransactionFilter':
        return '0x1';
      case 'eth_getFilterChanges':
        return Array.from({ length: state.pending }, () => hashOf('pending', (state.pending -= 1)));
      case 'eth_getTransactionByHash':
        return transactionJson(String(params[0]), { number: null, hash: null }, address('stranger', 1), 1);
      case 'eth_getTransactionReceipt':
        return receiptJson(blocks.find(({ number }) => hashOf('paying', number) === params[0]));
      default:
        return undefined;
    }
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(parts).toString()) as { id: number; method: string; params: unknown[] };
      const result = answer(asked.method, asked.params);
      const error = result === undefined ? { error: { code: -32601, message: 'no such method' } } : { result };
      response.end(JSON.stringify({ jsonrpc: '2.0', id: asked.id, ...error }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => ({ calls: state.calls, pool: state.pool, requests: state.calls }),
    fill: () => void (state.pending = TRANSACTIONS),
    mine() {
      const number = blocks.length;
      const parentHash = blocks[number - 1]?.hash ?? '';
      const paid = addresses[number % addresses.length] ?? '';
      blocks.push({ number, hash: hashOf('block', number), parentHash, paid });
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

function hashOf(kind: string, n: number): string {
  return `0x${createHash('sha256').update(`${kind} ${n}`).digest('hex')}`;
}

function address(kind: string, n: number): string {
  return hashOf(kind, n).slice(0, 42);
}

function blockJson(block: Block | undefined, full: boolean) {
  if (!block) return null;
  const { hash, number, paid, parentHash } = block;
  const at = { number: hex(number), hash };
  const strangers = Array.from({ length: full ? TRANSACTIONS : 0 }, (_, n) =>
    transactionJson(hashOf(`tx ${number}`, n), at, address('recipient', n), n),
  );
  const transactions =
    full && paid !== '' ? [...strangers, transactionJson(hashOf('paying', number), at, paid, 1)] : strangers;
  const fees = { baseFeePerGas: '0x3b9aca00', gasUsed: '0xe4e1c0', gasLimit: '0x1c9c380' };
  return { ...at, ...fees, parentHash, timestamp: hex(Math.floor(Date.now() / 1000)), transactions };
}

function pendingJson() {
  const unmined = { number: null, hash: null };
  const waiting = (n: number) => transactionJson(hashOf('pending', n), unmined, address('recipient', n), n);
  return { transactions: Array.from({ length: TRANSACTIONS }, (_, n) => waiting(n)) };
}

function transactionJson(hash: string, at: { number: string | null; hash: string | null }, to: string, nonce: number) {
  return {
    ...{ hash, from: address('sender', nonce), to, value: '0x3e8', nonce: hex(nonce), maxFeePerGas: '0x77359400' },
    ...{ input: `0xa9059cbb${'0'.repeat(128)}`, blockHash: at.hash, blockNumber: at.number },
  };
}

function receiptJson(block: Block | undefined) {
  if (!block) return null;
  const { hash, number } = block;
  return {
    transactionHash: hashOf('paying', number),
    status: '0x1',
    blockHash: hash,
    blockNumber: hex(number),
    logs: [],
  };
}

function logsOf(block: Block | undefined) {
  if (!block) return [];
  return Array.from({ length: TRANSFERS }, (_, n) => ({
    address: address('token', n % 20),
    topics: [TRANSFER_TOPIC, addressTopic(address('sender', n)), addressTopic(address('recipient', n))],
    data: `0x${'0'.repeat(63)}1`,
    transactionHash: hashOf(`tx ${block.number}`, n % TRANSACTIONS),
    logIndex: hex(n),
    blockHash: block.hash,
    blockNumber: hex(block.number),
  }));
}
