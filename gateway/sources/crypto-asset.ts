/** Which asset on which chain a processor means by a currency such as `BTC`, `USDC` or `CRO_CRONOS`. */
import { currencyDecimals } from '../../contract/money.ts';
import { assetBySymbol } from './chain-assets.ts';
import type { ChainAssets, NamedAsset } from './chain-assets.ts';

export interface NetworkKnowledge {
  readonly chains: readonly ChainAssets[];
  readonly networks?: Readonly<Record<string, string>> | undefined;
}

/** Networks that Crypto.com Pay puts behind a symbol, as its samples show them. */
const SUFFIX_CHAINS: Readonly<Record<string, string>> = { CRONOS: 'eip155:25' };

/** The forms of addresses and transaction hashes by CAIP-2 namespace. */
const FORMS: Readonly<Record<string, RegExp>> = {
  eip155: /^0x(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/,
  bip122: /^(?:[0-9a-f]{64}|(?:bc1|tb1|bcrt1)[02-9ac-hj-np-z]{11,87}|[13mn2][1-9A-HJ-NP-Za-km-z]{25,38})$/,
};

/**
 * @param currency as the processor names it
 * @param trace an address or transaction hash that shows the chain's form, null where none is given
 */
export function cryptoAsset(currency: string, trace: string | null, knowledge: NetworkKnowledge): NamedAsset {
  const [named, suffix] = currency.toUpperCase().split('_');
  const symbol = named || currency;
  const chain = chainOf(currency.toUpperCase(), symbol, suffix, trace, knowledge);
  const onChain = chain === null ? null : assetBySymbol(knowledge.chains, chain, symbol);
  return onChain ?? { chain: null, asset: symbol.toLowerCase(), symbol, decimals: currencyDecimals(symbol) };
}

function chainOf(
  currency: string,
  symbol: string,
  suffix: string | undefined,
  trace: string | null,
  { chains, networks }: NetworkKnowledge,
): string | null {
  const explicit = networks?.[currency] ?? networks?.[symbol];
  if (explicit !== undefined) return explicit;
  if (suffix !== undefined && suffix !== 'NATIVE') {
    const named = SUFFIX_CHAINS[suffix];
    return chains.some(({ id }) => id === named) ? (named ?? null) : null;
  }
  const carrying = chains.filter(({ id }) => assetBySymbol(chains, id, symbol) !== null);
  const [only] = carrying;
  return only && carrying.length === 1 && trace !== null && hasForm(only.id, trace) ? only.id : null;
}

function hasForm(chain: string, trace: string): boolean {
  return FORMS[chain.split(':')[0] ?? '']?.test(trace) ?? false;
}
