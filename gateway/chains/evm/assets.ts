/** What counts as money on a chain: its own coin and the configured token contracts; others are shown as what they claim. */
import type { Depth, DepthRule } from '../follow/tip.ts';

export interface EvmToken {
  readonly symbol: string;
  /** Contract address, `0x` and 40 hex digits, in any case. */
  readonly address: string;
  readonly decimals: number;
}

export interface EvmAssets {
  /** CAIP-2 id. */
  readonly chain: string;
  /** The chain's coin; where it is left out, the order's own pay option names it. */
  readonly native?: { readonly symbol: string; readonly decimals: number };
  /** By address in lower case. Anybody can deploy a contract that calls itself USDC: only these are. */
  readonly tokens: ReadonlyMap<string, EvmToken>;
  readonly depth: DepthRule;
}

export function evmAssets(options: {
  readonly id: string;
  readonly native?: { readonly symbol: string; readonly decimals: number } | undefined;
  readonly tokens: readonly EvmToken[];
  readonly confirmations: Depth;
  readonly countTo?: number | undefined;
}): EvmAssets {
  return {
    chain: options.id,
    ...(options.native && { native: options.native }),
    tokens: new Map(options.tokens.map((token) => [token.address.toLowerCase(), token])),
    depth: { settles: options.confirmations, countTo: options.countTo ?? 0 },
  };
}
