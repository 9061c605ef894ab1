/** What Esplora answers, checked and in our own terms. Source: Blockstream's Esplora HTTP API. */
import { z } from 'zod';
import type { ChainHeader } from '../follow/chain-node.ts';
import type { BitcoinTransaction, Located } from './node.ts';

export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const height = z.int().min(0);

export const headerSchema = z
  .object({ id: hashSchema, height, timestamp: z.int().min(0), previousblockhash: hashSchema.nullish() })
  .transform(({ id, height: number, timestamp, previousblockhash }): ChainHeader => ({
    number,
    hash: id,
    parentHash: previousblockhash ?? '',
    at: timestamp * 1000,
  }));

const vin = z.object({ txid: hashSchema, vout: z.int().min(0), is_coinbase: z.boolean().optional() });
const vout = z.object({ scriptpubkey: z.string().regex(/^[0-9a-f]*$/), value: z.int().min(0) });
const status = z.object({
  confirmed: z.boolean(),
  block_height: height.nullish(),
  block_hash: hashSchema.nullish(),
  block_time: z.int().min(0).nullish(),
});

export const transactionSchema = z
  .object({
    txid: hashSchema,
    vin: z.array(vin),
    vout: z.array(vout),
    weight: z.number().positive().optional(),
    fee: z.number().min(0).optional(),
    status,
  })
  .transform((read): Located => ({
    transaction: transactionOf(read),
    block: blockOf(read.status),
    bid: read.fee !== undefined && read.weight !== undefined ? read.fee / (read.weight / 4) : null,
  }));

export const transactionsSchema = z.array(transactionSchema);
export const outspendSchema = z.object({ spent: z.boolean(), txid: hashSchema.nullish() });
/** By number of blocks, `1` to `1008`. */
export const estimatesSchema = z.record(z.string(), z.number().min(0));
/** As mempool.space has it beside Esplora's own. */
export const recommendedSchema = z.object({ fastestFee: z.number().min(0), hourFee: z.number().min(0) });

function transactionOf(read: {
  txid: string;
  vin: readonly z.infer<typeof vin>[];
  vout: readonly z.infer<typeof vout>[];
}): BitcoinTransaction {
  const spent = read.vin.filter(({ is_coinbase }) => is_coinbase !== true);
  return {
    txid: read.txid,
    inputs: spent.map((input) => `${input.txid}:${input.vout}`),
    outputs: read.vout.map(({ scriptpubkey, value }) => ({ script: scriptpubkey, value: BigInt(value) })),
  };
}

function blockOf({ confirmed, block_hash, block_height, block_time }: z.infer<typeof status>): Located['block'] {
  if (!confirmed || !block_hash || typeof block_height !== 'number') return null;
  return { number: block_height, hash: block_hash, at: (block_time ?? 0) * 1000 };
}
