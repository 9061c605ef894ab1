/** What the pretend chain is made of: transactions and blocks, hashed as the real thing is, and nothing that executes. */
import { concat, encodeAbiParameters, keccak256, numberToHex, pad, serializeTransaction } from 'viem';
import type { Address, Hex } from 'viem';

/** Amounts and fees in wei, as decimal strings so that a block can be kept as JSON. */
export interface ChainTransaction {
  readonly hash: Hex;
  readonly from: Address;
  readonly to: Address;
  readonly value: string;
  readonly input: Hex;
  readonly nonce: number;
  readonly maxFeePerGas: string;
  /** What happens when it is mined: a failed one is in a block and moves nothing. */
  readonly fails: boolean;
}

export interface ChainBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly transactions: readonly ChainTransaction[];
}

export interface ChainLog {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly transaction: ChainTransaction;
  readonly transactionIndex: number;
  readonly logIndex: number;
}

/** `transfer(address,uint256)`. */
const TRANSFER_CALL = '0xa9059cbb';
/** `Transfer(address,address,uint256)`; ERC-20. */
export const TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
export const PRIORITY_FEE = 1_000_000_000n;

export function transferCall(to: Address, amount: bigint): Hex {
  return concat([TRANSFER_CALL, encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [to, amount])]);
}

/** A transaction with the hash that its signed bytes have; the signature is made up, nobody checks it. */
export function transaction(chainId: number, content: Omit<ChainTransaction, 'hash'>): ChainTransaction {
  const bytes = serializeTransaction(
    {
      chainId,
      type: 'eip1559',
      nonce: content.nonce,
      to: content.to,
      value: BigInt(content.value),
      data: content.input,
      gas: gasOf(content),
      maxFeePerGas: BigInt(content.maxFeePerGas),
      maxPriorityFeePerGas: PRIORITY_FEE,
    },
    { r: keccak256(content.from), s: keccak256(content.to), yParity: content.nonce % 2 },
  );
  return { ...content, hash: keccak256(bytes) };
}

export function gasOf({ input }: { input: Hex }): bigint {
  return input === '0x' ? 21_000n : 52_000n;
}

/** @param timestamp unix seconds */
export function block(
  parent: Pick<ChainBlock, 'number' | 'hash'>,
  timestamp: number,
  transactions: readonly ChainTransaction[],
): ChainBlock {
  const number = parent.number + 1;
  const header = concat([parent.hash, word(number), word(timestamp), ...transactions.map(({ hash }) => hash)]);
  return { number, hash: keccak256(header), parentHash: parent.hash, timestamp, transactions };
}

/** The first block. @param timestamp unix seconds */
export function genesis(chainId: number, timestamp: number): ChainBlock {
  const before = { number: -1, hash: keccak256(word(chainId)) };
  return { ...block(before, timestamp, []), parentHash: pad('0x', { size: 32 }) };
}

function word(number: number): Hex {
  return pad(numberToHex(number), { size: 32 });
}

/** What a transaction's call to a token says, or null where it calls none. */
export function transferOf(transaction: ChainTransaction): { to: Address; amount: bigint } | null {
  if (!transaction.input.startsWith(TRANSFER_CALL) || transaction.input.length !== 138) return null;
  return { to: `0x${transaction.input.slice(34, 74)}`, amount: BigInt(`0x${transaction.input.slice(74)}`) };
}

/** ERC-20 Transfers of a block's transactions that succeeded. */
export function logsOf({ transactions }: ChainBlock): ChainLog[] {
  const logs: ChainLog[] = [];
  for (const [transactionIndex, each] of transactions.entries()) {
    const transfer = each.fails ? null : transferOf(each);
    if (!transfer) continue;
    logs.push({
      address: each.to,
      topics: [TRANSFER_TOPIC, pad(each.from, { size: 32 }), pad(transfer.to, { size: 32 })],
      data: pad(numberToHex(transfer.amount), { size: 32 }),
      transaction: each,
      transactionIndex,
      logIndex: logs.length,
    });
  }
  return logs;
}
