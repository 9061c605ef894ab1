import { numberToHex } from 'viem';
import { answeredWithError } from '../../../gateway/chains/evm/rpc.ts';
import type { Rpc } from '../../../gateway/chains/evm/rpc.ts';
import type { EvmBlock, EvmHeader, EvmLog, EvmTransaction } from '../../../gateway/chains/evm/node.ts';
import { NodeFailure } from '../../../gateway/chains/follow/node-failure.ts';
import type { EvmWindow } from './evm-window.ts';
import type { OddAnswer } from './oddity.ts';

/**
 * A node of the world behind JSON-RPC, whose answers are odd now and then.
 * @param next what is odd about the next answer; null for nothing
 */
export class OddRpc implements Rpc {
  readonly host: string;
  readonly #window: EvmWindow;
  readonly #next: () => OddAnswer | null;
  #told = new Set<string>();

  constructor(window: EvmWindow, next: () => OddAnswer | null) {
    this.#window = window;
    this.#next = next;
    this.host = window.host;
  }

  async request(method: string, params: readonly unknown[]): Promise<unknown> {
    const truth = await this.#truth(method, params);
    const odd = this.#next();
    return odd ? distorted(truth, odd, method) : truth;
  }

  async close(): Promise<void> {
    this.#told = new Set();
  }

  async #truth(method: string, [first, second]: readonly unknown[]): Promise<unknown> {
    const text = typeof first === 'string' ? first : '';
    switch (method) {
      case 'eth_chainId':
        return numberToHex(await this.#window.chainId());
      case 'eth_getBlockByNumber':
        return this.#block(text, second === true);
      case 'eth_getLogs':
        return this.#logs(first as { blockHash?: string; fromBlock: string; toBlock: string });
      case 'eth_getTransactionByHash':
        return transactionJson(await this.#window.transaction(text));
      case 'eth_getTransactionReceipt': {
        const receipt = await this.#window.receipt(text);
        if (!receipt) return null;
        const { block, logs, succeeded, transactionHash } = receipt;
        return { transactionHash, ...placeJson(block), status: succeeded ? '0x1' : '0x0', logs: logs.map(logJson) };
      }
      case 'eth_getTransactionCount': {
        const at = second === 'latest' || second === 'pending' ? second : Number(second);
        return numberToHex(await this.#window.nonce(text, at));
      }
      case 'eth_newPendingTransactionFilter':
        return '0x1';
      case 'eth_getFilterChanges':
        return this.#pendingHashes();
      case 'eth_uninstallFilter':
        return true;
      default:
        throw answeredWithError(-32601, method);
    }
  }

  async #block(tag: string, isFull: boolean): Promise<unknown> {
    if (tag === 'pending') {
      return { number: null, hash: null, transactions: this.#window.pooled().map(transactionJson) };
    }
    const block =
      tag === 'latest'
        ? await this.#window.block((await this.#window.head()).number)
        : await this.#window.block(Number(tag));
    return block && blockJson(block, isFull);
  }

  async #logs({ blockHash, fromBlock, toBlock }: { blockHash?: string; fromBlock: string; toBlock: string }) {
    const logs = blockHash
      ? await this.#window.transfersIn(blockHash)
      : await this.#window.transfersBetween({ from: Number(fromBlock), to: Number(toBlock) });
    return logs.map(logJson);
  }

  /** Each once. */
  #pendingHashes(): string[] {
    const fresh = this.#window.pooled().filter(({ hash }) => !this.#told.has(hash));
    for (const { hash } of fresh) this.#told.add(hash);
    return fresh.map(({ hash }) => hash);
  }
}

function distorted(truth: unknown, { at, oddity }: OddAnswer, method: string): unknown {
  switch (oddity) {
    case 'nothing':
      return null;
    case 'empty list':
      return Array.isArray(truth) ? [] : truth;
    case 'null field':
      return withField(truth, at, null);
    case 'missing field':
      return withField(truth, at, undefined);
    case 'other type':
      return withField(truth, at, [at]);
    case 'bare prefix':
      return typeof truth === 'string' ? '0x' : withField(truth, at, '0x');
    case 'error':
      throw answeredWithError(-32000, method);
    case 'too often':
      throw answeredWithError(-32005, method);
    case 'silence':
      throw new NodeFailure('did not answer within 10 s');
    default:
      return oddity satisfies never;
  }
}

/** One field of it, or of the first thing it lists. */
function withField(truth: unknown, at: number, value: unknown): unknown {
  if (Array.isArray(truth))
    return truth.length === 0 ? truth : [withField(truth[0], at, value), ...(truth.slice(1) as unknown[])];
  if (typeof truth !== 'object' || truth === null) return value ?? null;
  const names = Object.keys(truth);
  return { ...truth, [names[at % names.length] ?? '']: value };
}

function placeJson(block: { number: number; hash: string } | null) {
  return { blockHash: block?.hash ?? null, blockNumber: block ? numberToHex(block.number) : null };
}

function transactionJson(transaction: EvmTransaction | null): unknown {
  if (!transaction) return null;
  const { bid, block, nonce, value, ...rest } = transaction;
  const gasPrice = numberToHex(bid ?? 0n);
  return { ...rest, ...placeJson(block), nonce: numberToHex(nonce), value: numberToHex(value), gasPrice };
}

function blockJson({ at, baseFee, gasLimit, gasUsed, number, transactions, ...rest }: EvmBlock, isFull: boolean) {
  const fees: Record<keyof Pick<EvmHeader, 'gasLimit' | 'gasUsed'> | 'baseFeePerGas', string> = {
    ...{ baseFeePerGas: numberToHex(baseFee ?? 0n), gasLimit: numberToHex(gasLimit), gasUsed: numberToHex(gasUsed) },
  };
  const listed = transactions.map((each) => (isFull ? transactionJson(each) : each.hash));
  return { ...rest, ...fees, number: numberToHex(number), timestamp: numberToHex(at / 1000), transactions: listed };
}

function logJson({ block, index, ...rest }: EvmLog) {
  return { ...rest, ...placeJson(block), logIndex: numberToHex(index), removed: false };
}
