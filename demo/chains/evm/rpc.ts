/** The pretend node's JSON-RPC methods, as pure questions to the chain. Source: the Ethereum execution API specification. */
import { encodeAbiParameters, numberToHex, pad } from 'viem';
import { demoTokens, FAKE_TOKEN, sideTokens } from '../networks.ts';
import { gasOf, logsOf, PRIORITY_FEE } from './block.ts';
import type { ChainBlock, ChainLog, ChainTransaction } from './block.ts';
import type { Chain } from './chain.ts';

/** An error answer by JSON-RPC 2.0. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

type Answer = (chain: Chain, parameters: readonly unknown[]) => unknown;

const methods: Readonly<Record<string, Answer>> = {
  eth_chainId: (chain) => numberToHex(chain.chainId),
  net_version: (chain) => String(chain.chainId),
  web3_clientVersion: () => 'Tillwatch-pretend-node/1',
  eth_blockNumber: (chain) => numberToHex(chain.head().number),
  eth_getBlockByNumber: (chain, [tag, full]) => shown(byTag(chain, tag), full === true),
  eth_getBlockByHash: (chain, [hash, full]) => shown(chain.blockByHash(text(hash)), full === true),
  eth_getTransactionByHash(chain, [hash]) {
    const found = chain.find(text(hash));
    return found ? transactionJson(found.transaction, found.block) : null;
  },
  eth_getTransactionReceipt(chain, [hash]) {
    const found = chain.find(text(hash));
    return found?.block ? receiptJson(found.transaction, found.block) : null;
  },
  eth_getBlockReceipts(chain, [tag]) {
    const block = byTag(chain, tag);
    return block ? block.transactions.map((each) => receiptJson(each, block)) : null;
  },
  eth_getTransactionCount(chain, [address, tag]) {
    const mined = chain.mined(text(address));
    return numberToHex(tag === 'pending' ? nextNonce(chain, text(address), mined) : mined);
  },
  eth_getLogs: (chain, [filter]) => filteredLogs(chain, filter),
  eth_call: (_chain, [call]) => called(call),
  eth_getCode: (_chain, [address]) => (tokenAt(address) ? '0xfe' : '0x'),
};

/** Those that wait in the pool count as far as none is missing before them. */
function nextNonce(chain: Chain, address: string, mined: number): number {
  const waiting = new Set(chain.pool().flatMap(({ from, nonce }) => (from === address.toLowerCase() ? [nonce] : [])));
  let next = mined;
  while (waiting.has(next)) next += 1;
  return next;
}

/** `symbol()`; no contract here answers anything else. */
const SYMBOL_CALL = '0x95d89b41';

function called(call: unknown): string {
  const { to, data, input } = typeof call === 'object' && call !== null ? (call as Record<string, unknown>) : {};
  const token = tokenAt(to);
  if (!token || text(data ?? input) !== SYMBOL_CALL) return '0x';
  return encodeAbiParameters([{ type: 'string' }], [token.symbol]);
}

function tokenAt(address: unknown) {
  return [...demoTokens, ...sideTokens, FAKE_TOKEN].find((token) => token.address === String(address).toLowerCase());
}

/** @throws RpcError for a method the node does not have, or parameters it cannot read */
export function answerRpc(chain: Chain, method: string, parameters: readonly unknown[]): unknown {
  const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!answer) throw new RpcError(-32601, `the method ${method} does not exist/is not available`);
  return answer(chain, parameters);
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new RpcError(-32602, 'invalid argument: a string is wanted');
  return value;
}

function byTag(chain: Chain, tag: unknown): ChainBlock | undefined {
  const name = text(tag);
  if (name === 'latest' || name === 'pending') return chain.head();
  if (name === 'earliest') return chain.blockByNumber(0);
  if (name === 'safe') return chain.blockByNumber(Math.max(0, chain.head().number - 8));
  if (name === 'finalized') return chain.blockByNumber(Math.max(0, chain.head().number - 16));
  if (/^0x[0-9a-f]{64}$/i.test(name)) return chain.blockByHash(name);
  if (!/^0x[0-9a-f]{1,12}$/i.test(name)) throw new RpcError(-32602, `invalid argument: "${name}" is no block`);
  return chain.blockByNumber(Number(name));
}

function shown(block: ChainBlock | undefined, full: boolean) {
  if (!block) return null;
  const transactions = full
    ? block.transactions.map((each) => transactionJson(each, block))
    : block.transactions.map(({ hash }) => hash);
  return { ...headerJson(block), size: '0x400', uncles: [], withdrawals: [], transactions };
}

const ZERO_WORD = pad('0x', { size: 32 });
const BASE_FEE = '0x1dcd65000';

export function headerJson(block: ChainBlock) {
  const gasUsed = block.transactions.reduce((sum, each) => sum + gasOf(each), 0n);
  return {
    number: numberToHex(block.number),
    hash: block.hash,
    parentHash: block.parentHash,
    timestamp: numberToHex(block.timestamp),
    nonce: '0x0000000000000000',
    difficulty: '0x0',
    extraData: '0x',
    mixHash: block.hash,
    gasLimit: '0x1c9c380',
    gasUsed: numberToHex(gasUsed),
    baseFeePerGas: BASE_FEE,
    miner: pad('0x', { size: 20 }),
    logsBloom: pad('0x', { size: 256 }),
    sha3Uncles: ZERO_WORD,
    stateRoot: block.hash,
    transactionsRoot: block.hash,
    receiptsRoot: block.hash,
  };
}

/** @param block null while it waits in the pool */
export function transactionJson(transaction: ChainTransaction, block: ChainBlock | null) {
  return {
    hash: transaction.hash,
    type: '0x2',
    from: transaction.from,
    to: transaction.to,
    value: numberToHex(BigInt(transaction.value)),
    input: transaction.input,
    nonce: numberToHex(transaction.nonce),
    gas: numberToHex(gasOf(transaction)),
    gasPrice: numberToHex(BigInt(transaction.maxFeePerGas)),
    maxFeePerGas: numberToHex(BigInt(transaction.maxFeePerGas)),
    maxPriorityFeePerGas: numberToHex(PRIORITY_FEE),
    accessList: [],
    blockHash: block?.hash ?? null,
    blockNumber: block ? numberToHex(block.number) : null,
    transactionIndex: block ? numberToHex(block.transactions.indexOf(transaction)) : null,
    v: '0x0',
    r: transaction.hash,
    s: transaction.hash,
    yParity: '0x0',
  };
}

function receiptJson(transaction: ChainTransaction, block: ChainBlock) {
  const logs = logsOf(block).filter((log) => log.transaction === transaction);
  const gasUsed = numberToHex(gasOf(transaction));
  return {
    transactionHash: transaction.hash,
    transactionIndex: numberToHex(block.transactions.indexOf(transaction)),
    blockHash: block.hash,
    blockNumber: numberToHex(block.number),
    from: transaction.from,
    to: transaction.to,
    contractAddress: null,
    status: transaction.fails ? '0x0' : '0x1',
    type: '0x2',
    gasUsed,
    cumulativeGasUsed: gasUsed,
    effectiveGasPrice: numberToHex(BigInt(transaction.maxFeePerGas)),
    logsBloom: pad('0x', { size: 256 }),
    logs: logs.map((log) => logJson(log, block)),
  };
}

function logJson(log: ChainLog, block: ChainBlock) {
  return {
    address: log.address,
    topics: log.topics,
    data: log.data,
    blockHash: block.hash,
    blockNumber: numberToHex(block.number),
    transactionHash: log.transaction.hash,
    transactionIndex: numberToHex(log.transactionIndex),
    logIndex: numberToHex(log.logIndex),
    removed: false,
  };
}

function filteredLogs(chain: Chain, filter: unknown) {
  if (typeof filter !== 'object' || filter === null) throw new RpcError(-32602, 'invalid argument: a filter is wanted');
  const wanted = new Map<string, unknown>(Object.entries(filter));
  const addresses = choice(wanted.get('address'));
  const topics = Array.isArray(wanted.get('topics')) ? (wanted.get('topics') as unknown[]).map(choice) : [];
  const matches = (log: ChainLog) =>
    (!addresses || addresses.has(log.address)) &&
    topics.every((topic, index) => !topic || topic.has(log.topics[index] ?? ''));
  return asked(chain, wanted).flatMap((block) =>
    logsOf(block)
      .filter(matches)
      .map((log) => logJson(log, block)),
  );
}

function asked(chain: Chain, wanted: ReadonlyMap<string, unknown>): ChainBlock[] {
  const hash = wanted.get('blockHash');
  if (hash !== undefined) {
    const block = chain.blockByHash(text(hash));
    if (!block) throw new RpcError(-32000, 'unknown block');
    return [block];
  }
  const bound = (tag: unknown, otherwise: number) => byTag(chain, tag ?? 'latest')?.number ?? otherwise;
  const oldest = bound(wanted.get('fromBlock'), 0);
  const newest = bound(wanted.get('toBlock'), chain.head().number);
  const blocks: ChainBlock[] = [];
  for (let number = oldest; number <= newest; number += 1) {
    const block = chain.blockByNumber(number);
    if (block) blocks.push(block);
  }
  return blocks;
}

/** One of several values, or null where any will do. */
function choice(value: unknown): ReadonlySet<string> | null {
  if (value === null || value === undefined) return null;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return new Set(values.map((each) => text(each).toLowerCase()));
}
