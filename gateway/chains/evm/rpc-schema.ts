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
  gasUsed: quantity.default(0n),
  gasLimit: quantity.default(0n),
};

export const headerSchema = z.object(headerFields).transform(({ timestamp, baseFeePerGas, ...rest }): EvmHeader => ({
  ...rest,
  at: timestamp * 1000,
  baseFee: baseFeePerGas ?? null,
}));

export const blockSchema = z
  .object({ ...headerFields, transactions: z.array(transactionSchema) })
  .transform(({ timestamp, baseFeePerGas, ...rest }): EvmBlock => ({
    ...rest,
    at: timestamp * 1000,
    baseFee: baseFeePerGas ?? null,
  }));

const logSchema = z
  .object({
    address,
    topics: z.array(hash).max(4),
    data: hex,
    transactionHash: hash,
    logIndex: small,
    blockHash: hash,
    blockNumber: small,
  })
  .transform(({ logIndex, blockHash, blockNumber, ...rest }): EvmLog => ({
    ...rest,
    index: logIndex,
    block: { number: blockNumber, hash: blockHash },
  }));

export const feeHistorySchema = z.object({ baseFeePerGas: z.array(quantity).min(1) });
export const dataSchema = hex;

export const logsSchema = z.array(logSchema);

export const receiptSchema = z
  .object({ transactionHash: hash, status: small, blockHash: hash, blockNumber: small, logs: logsSchema })
  .transform(({ status, blockHash, blockNumber, ...rest }): EvmReceipt => ({
    ...rest,
    succeeded: status === 1,
    block: { number: blockNumber, hash: blockHash },
  }));

/** The block that a node would make next; it has no hash, on some nodes no number. */
export const poolSchema = z.object({ transactions: z.array(transactionSchema) }).nullable();

/** What a pending subscription pushes: full transactions, or hashes where the node knows no better. */
export const pendingSchema = z.union([hash, transactionSchema]);
export const hashesSchema = z.array(hash);
