/** What nodes answer, checked and in our own terms. A node is an outsider: what does not fit is an unreadable answer. */
import { z } from 'zod';
import type { EvmBlock, EvmHeader, EvmLog, EvmReceipt, EvmTransaction } from './node.ts';

const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i)
  .transform((text) => text.toLowerCase());
const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/i)
  .transform((text) => text.toLowerCase());
const hex = z.string().regex(/^0x[0-9a-f]*$/i);
const quantity = z
  .string()
  .regex(/^0x[0-9a-f]{1,64}$/i)
  .transform(BigInt);
/** A quantity that fits a JavaScript number: heights, indexes, nonces, times. */
const small = quantity.refine((value) => value <= BigInt(Number.MAX_SAFE_INTEGER)).transform(Number);

export const quantitySchema = small;
export const filterIdSchema = hex;

export const transactionSchema = z
  .object({
    hash,
    from: address,
    to: address.nullish(),
    value: quantity,
    input: hex,
    nonce: small,
    blockHash: hash.nullish(),
    maxFeePerGas: quantity.nullish(),
    gasPrice: quantity.nullish(),
    blockNumber: small.nullish(),
  })
  .transform(({ blockHash, blockNumber, to, maxFeePerGas, gasPrice, ...rest }): EvmTransaction => ({
    ...rest,
    to: to ?? null,
    bid: maxFeePerGas ?? gasPrice ?? null,
    block: blockHash && typeof blockNumber === 'number' ? { number: blockNumber, hash: blockHash } : null,
  }));

const headerFields = {
  number: small,
  hash,
  parentHash: hash,
  timestamp: small,
  baseFeePerGas: quantity.nullish(),
  gasUsed: quantity.nullish(),
  gasLimit: quantity.nullish(),
};
const anyHeader = z.object(headerFields);

export const headerSchema = anyHeader.transform(headerOf);

function headerOf({ timestamp, baseFeePerGas, gasLimit, gasUsed, ...rest }: z.infer<typeof anyHeader>): EvmHeader {
  const fees = { baseFee: baseFeePerGas ?? null, gasLimit: gasLimit ?? 0n, gasUsed: gasUsed ?? 0n };
  return { ...rest, ...fees, at: timestamp * 1000 };
}

export const blockSchema = z
  .object({ ...headerFields, transactions: z.array(transactionSchema) })
  .transform(({ transactions, ...header }): EvmBlock => ({ ...headerOf(header), transactions }));

const logSchema = z
  .object({
    address,
    topics: z.array(hash).max(4),
    data: hex,
    transactionHash: hash,
    logIndex: small,
    blockHash: hash,
    blockNumber: small,
    removed: z.boolean().nullish(),
  })
  .transform(({ logIndex, blockHash, blockNumber, removed, ...rest }) => {
    const log: EvmLog = { ...rest, index: logIndex, block: { number: blockNumber, hash: blockHash } };
    return { log, isRemoved: removed === true };
  });

export const feeHistorySchema = z.object({ baseFeePerGas: z.array(quantity).min(1) });
export const dataSchema = hex;

/** Without those that a reorg took back: they moved nothing. */
export const logsSchema = z
  .array(logSchema)
  .transform((logs): EvmLog[] => logs.flatMap(({ isRemoved, log }) => (isRemoved ? [] : [log])));

export const receiptSchema = z
  .object({ transactionHash: hash, status: small, blockHash: hash, blockNumber: small, logs: logsSchema })
  .transform(({ status, blockHash, blockNumber, ...rest }): EvmReceipt => ({
    ...rest,
    succeeded: status === 1,
    block: { number: blockNumber, hash: blockHash },
  }));

/** The block that a node would make next; it has no hash, on some nodes no number. */
export const poolSchema = z.object({ transactions: z.array(z.unknown()) });

/** What a pool shows of a transaction: the whole, or its hash where the node knows no better. */
export const pendingSchema = z.union([hash, transactionSchema]);
export const hashesSchema = z.array(hash);
