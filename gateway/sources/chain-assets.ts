/** Which assets a chain carries, so that a symbol or an asset id becomes a symbol with decimals. */

export interface TokenAsset {
  readonly symbol: string;
  /** Contract address, `0x` and 40 hex digits; compared without regard to case. */
  readonly address: string;
  readonly decimals: number;
}

export interface NativeAsset {
  readonly symbol: string;
  readonly decimals: number | null;
}

/** A configured chain, as far as sources need it. */
export interface ChainAssets {
  /** CAIP-2 id, such as `eip155:1`. */
  readonly id: string;
  /** The chain's own coin; where it is left out, `nativeAsset` knows that of well-known chains. */
  readonly native?: { readonly symbol: string; readonly decimals: number } | undefined;
  readonly tokens: readonly TokenAsset[];
}

/** An asset as orders and payments name it. */
export interface NamedAsset {
  readonly chain: string | null;
  /** `native`, `erc20:0x…`, or a processor's symbol in lower case where the chain is not known. */
  readonly asset: string;
  readonly symbol: string;
  readonly decimals: number | null;
}

/** The coin of well-known chains by CAIP-2 id. Source: ethereum-lists/chains and each chain's own documents. */
const WELL_KNOWN: Readonly<Record<string, { symbol: string; decimals: number }>> = {
  'eip155:1': { symbol: 'ETH', decimals: 18 },
  'eip155:10': { symbol: 'ETH', decimals: 18 },
  'eip155:25': { symbol: 'CRO', decimals: 18 },
  'eip155:56': { symbol: 'BNB', decimals: 18 },
  'eip155:100': { symbol: 'XDAI', decimals: 18 },
  'eip155:137': { symbol: 'POL', decimals: 18 },
  'eip155:338': { symbol: 'TCRO', decimals: 18 },
  'eip155:8453': { symbol: 'ETH', decimals: 18 },
  'eip155:31337': { symbol: 'ETH', decimals: 18 },
  'eip155:42161': { symbol: 'ETH', decimals: 18 },
  'eip155:43114': { symbol: 'AVAX', decimals: 18 },
  'eip155:59144': { symbol: 'ETH', decimals: 18 },
  'eip155:84532': { symbol: 'ETH', decimals: 18 },
  'eip155:11155111': { symbol: 'ETH', decimals: 18 },
  'bip122:000000000019d6689c085ae165831e93': { symbol: 'BTC', decimals: 8 },
  'bip122:000000000933ea01ad0ee984209779ba': { symbol: 'BTC', decimals: 8 },
  'bip122:00000000da84f2bafbbc53dee25a72ae': { symbol: 'BTC', decimals: 8 },
  'bip122:00000008819873e925422c1ff0f99f7c': { symbol: 'BTC', decimals: 8 },
  'bip122:0f9188f13cb7b2c71f2a335e3a4fc328': { symbol: 'BTC', decimals: 8 },
};

/** A chain's own coin by configuration, else as is well known, else `native` with unknown decimals. */
export function nativeAsset(chains: readonly ChainAssets[], chain: string): NativeAsset {
  const configured = chains.find(({ id }) => id === chain)?.native;
  return configured ?? WELL_KNOWN[chain] ?? { symbol: 'native', decimals: null };
}

/** Symbol and decimals of `native` or `erc20:0x…` on a chain; an unknown token is `token` with unknown decimals. */
export function assetById(chains: readonly ChainAssets[], chain: string, asset: string): NamedAsset {
  if (asset === 'native') return { chain, asset, ...nativeAsset(chains, chain) };
  const address = asset.slice('erc20:'.length).toLowerCase();
  const tokens = chains.find(({ id }) => id === chain)?.tokens ?? [];
  const token = tokens.find((each) => each.address.toLowerCase() === address);
  return { chain, asset, symbol: token?.symbol ?? 'token', decimals: token?.decimals ?? null };
}

/** The asset that carries a symbol on a chain, null where none does. */
export function assetBySymbol(chains: readonly ChainAssets[], chain: string, symbol: string): NamedAsset | null {
  const wanted = symbol.toUpperCase();
  const native = nativeAsset(chains, chain);
  if (native.symbol.toUpperCase() === wanted) return { chain, asset: 'native', ...native };
  const tokens = chains.find(({ id }) => id === chain)?.tokens ?? [];
  const token = tokens.find((each) => each.symbol.toUpperCase() === wanted);
  return token ? { chain, asset: `erc20:${token.address}`, symbol: token.symbol, decimals: token.decimals } : null;
}
