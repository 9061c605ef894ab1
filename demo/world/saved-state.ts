/** What outlives a restart, in one file that is replaced whole. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { BitcoinState } from '../chains/bitcoin/chain.ts';
import type { ChainState } from '../chains/evm/chain.ts';
import type { ProcessorState } from '../processors/crypto-com-pay/processor.ts';

export interface SavedState {
  /** How often the demo ran here; part of the seed, so that no address or id comes twice. */
  readonly runs: number;
  readonly lastReference: number;
  readonly chain: ChainState;
  /** Absent where an earlier version wrote the file. */
  readonly side?: ChainState | undefined;
  readonly bitcoin?: BitcoinState | undefined;
  readonly processor: ProcessorState;
  /** Bodies of webhooks nobody had taken. */
  readonly webhooks: readonly string[];
}

/** Deep enough for any gateway that was away for a while, small enough to be written at every block. */
const BLOCKS_SAVED = 256;
const PAYMENTS_SAVED = 300;

/** Guards against a file that is not ours or of another version; what is inside was written by `saveState`. */
const chainSchema = z.object({
  blocks: z.array(z.object({ number: z.int().min(0), hash: z.string() })).min(1),
  pool: z.array(z.object({ hash: z.string() })),
  held: z.array(z.tuple([z.string(), z.number()])),
});
const savedSchema = z.object({
  version: z.literal(1),
  runs: z.int().min(0),
  lastReference: z.int().min(0),
  chain: chainSchema,
  side: chainSchema.optional(),
  bitcoin: z
    .object({ blocks: z.array(z.object({ raw: z.string() })).min(1), pool: z.array(z.object({ txid: z.string() })) })
    .optional(),
  processor: z.object({ payments: z.array(z.object({ id: z.string() })) }),
  webhooks: z.array(z.string()),
});

function fileIn(folder: string): string {
  return path.join(folder, 'demo-state.json');
}

/** @returns null where nothing readable was saved: the demo then starts afresh */
export function loadState(folder: string): SavedState | null {
  try {
    const value: unknown = JSON.parse(readFileSync(fileIn(folder), 'utf8'));
    return savedSchema.safeParse(value).success ? (value as SavedState) : null;
  } catch {
    return null;
  }
}

/** @throws the system's error when the folder cannot be written */
export function saveState(folder: string, state: SavedState): void {
  mkdirSync(folder, { recursive: true });
  const saved = {
    version: 1,
    ...state,
    chain: newest(state.chain),
    ...(state.side && { side: newest(state.side) }),
    ...(state.bitcoin && { bitcoin: newest(state.bitcoin) }),
    processor: { payments: state.processor.payments.slice(-PAYMENTS_SAVED) },
  };
  const file = fileIn(folder);
  writeFileSync(`${file}.new`, JSON.stringify(saved), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function newest<T extends { readonly blocks: readonly unknown[] }>(chain: T): T {
  return { ...chain, blocks: chain.blocks.slice(-BLOCKS_SAVED) };
}
