import type {
  EvmBlock,
  EvmHeader,
  EvmLog,
  EvmNode,
  EvmReceipt,
  EvmTransaction,
} from '../../../gateway/chains/evm/node.ts';
import { TRANSFER_TOPIC, addressTopic } from '../../../gateway/chains/evm/erc20.ts';

export const PAYER = `0x${'a'.repeat(40)}`;
export const PAYEE = `0x${'b'.repeat(40)}`;
export const STRANGER = `0x${'c'.repeat(40)}`;
export const TOKEN = `0x${'d'.repeat(40)}`;

/** A hash that tells which it is. */
export function hashOf(kind: 'tx' | 'block', n: number): string {
  return `0x${kind === 'tx' ? '1' : '2'}${n.toString(16).padStart(63, '0')}`;
}

/** Coins of the payer for the payee, in the pool. */
export function coins(n: number, more: Partial<EvmTransaction> = {}): EvmTransaction {
  const nothing = { input: '0x', bid: 10n ** 10n, block: null };
  return { hash: hashOf('tx', n), from: PAYER, to: PAYEE, value: 1000n, nonce: n, ...nothing, ...more };
}

/** A Transfer of the token in a transaction. */
export function transferLog(
  transactionHash: string,
  {
    from = PAYER,
    to = PAYEE,
    value = 1000n,
    ...more
  }: { from?: string; to?: string; value?: bigint } & Partial<EvmLog>,
): EvmLog {
  return {
    address: TOKEN,
    topics: [TRANSFER_TOPIC, addressTopic(from), addressTopic(to)],
    data: `0x${value.toString(16).padStart(64, '0')}`,
    transactionHash,
    index: 0,
    block: { number: 1, hash: hashOf('block', 1) },
    ...more,
  };
}

const FEES = { baseFee: 10n ** 9n, gasUsed: 15_000_000n, gasLimit: 30_000_000n };

/** A node in memory, whose chain the test writes; what it is asked to do badly it does. */
export class PretendNode implements EvmNode {
  readonly host = 'pretend';
  blocks: EvmBlock[] = [];
  readonly pool = new Map<string, EvmTransaction>();
  readonly reverted = new Set<string>();
  /** Fails the next questions, one each. */
  readonly failures: Error[] = [];
  /** Number of the block that the node calls safe or finalized. */
  named: number | null = null;
  baseFee = FEES.baseFee;
  /** What every token claims to be called. */
  claimed: string | null = 'FAKE';
  #made = 0;

  constructor(at: number) {
    const hash = hashOf('block', 0);
    this.blocks = [{ number: 0, hash, parentHash: hash, at, ...FEES, transactions: [] }];
  }

  /** Adds a block to the branch that ends at the block `on`, and makes that branch the chain. */
  mine(transactions: readonly EvmTransaction[] = [], on = this.blocks.length - 1): EvmBlock {
    this.blocks.length = on + 1;
    const parent = this.blocks[on]!;
    this.#made += 1;
    const [number, hash] = [on + 1, hashOf('block', this.#made)];
    const mined = transactions.map((transaction) => ({ ...transaction, block: { number, hash } }));
    const block = { number, hash, parentHash: parent.hash, at: parent.at + 12_000, ...FEES, transactions: mined };
    this.blocks.push(block);
    for (const { hash: each } of mined) this.pool.delete(each);
    return block;
  }

  async chainId(): Promise<number> {
    return 31337;
  }

  async head(): Promise<EvmHeader> {
    this.#fail();
    return this.blocks.at(-1)!;
  }

  async header(number: number): Promise<EvmHeader | null> {
    this.#fail();
    return this.blocks[number] ?? null;
  }

  async block(number: number): Promise<EvmBlock | null> {
    this.#fail();
    return this.blocks[number] ?? null;
  }

  async transfersIn(): Promise<readonly EvmLog[]> {
    return [];
  }

  async transfersBetween(..._asked: Parameters<EvmNode['transfersBetween']>): Promise<readonly EvmLog[]> {
    return [];
  }

  async transaction(hash: string): Promise<EvmTransaction | null> {
    this.#fail();
    return this.#mined(hash) ?? this.pool.get(hash) ?? null;
  }

  async receipt(hash: string): Promise<EvmReceipt | null> {
    const block = this.#mined(hash)?.block;
    return block ? { transactionHash: hash, succeeded: !this.reverted.has(hash), block, logs: [] } : null;
  }

  async tagged(): Promise<EvmHeader | null> {
    return this.named === null ? null : (this.blocks[this.named] ?? null);
  }

  /** Mined transactions of an account; those of the pool that follow on are counted for `pending`. */
  async nonce(address: string, at: 'latest' | 'pending' | number): Promise<number> {
    const blocks = typeof at === 'number' ? this.blocks.slice(0, at + 1) : this.blocks;
    const ofAccount = ({ from, nonce }: EvmTransaction): number[] => (from === address ? [nonce + 1] : []);
    let next = Math.max(0, ...blocks.flatMap(({ transactions }) => transactions.flatMap(ofAccount)));
    const pooled = [...this.pool.values()].filter(({ from }) => from === address).map(({ nonce }) => nonce);
    while (at === 'pending' && pooled.includes(next)) next += 1;
    return next;
  }

  async nextBaseFee(): Promise<bigint | null> {
    return this.baseFee;
  }

  async hasCode(): Promise<boolean | null> {
    return null;
  }

  async symbol(): Promise<string | null> {
    return this.claimed;
  }

  async listen(): Promise<void> {
    this.#fail();
  }

  async poll(): Promise<void> {
    this.#fail();
  }

  async close(): Promise<void> {
    this.failures.length = 0;
  }

  #mined(hash: string): EvmTransaction | undefined {
    return this.blocks.flatMap(({ transactions }) => transactions).find((each) => each.hash === hash);
  }

  #fail(): void {
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
}
