/** Which asset on which chain a checkout is paid in. */
import { currencyDecimals } from '../../../contract/money.ts';
import { assetBySymbol } from '../chain-assets.ts';
import type { NamedAsset } from '../chain-assets.ts';
import type { CoinbaseBusinessOptions } from './options.ts';
import type { CheckoutObject } from './schema.ts';

/** Coinbase's names of networks. Source: Coinbase Developer Platform, "Network identifiers". */
const NETWORKS: Readonly<Record<string, string>> = {
  base: 'eip155:8453',
  'base-mainnet': 'eip155:8453',
  'base-sepolia': 'eip155:84532',
  ethereum: 'eip155:1',
  'ethereum-mainnet': 'eip155:1',
  polygon: 'eip155:137',
  'polygon-mainnet': 'eip155:137',
  arbitrum: 'eip155:42161',
  'arbitrum-mainnet': 'eip155:42161',
  optimism: 'eip155:10',
  'optimism-mainnet': 'eip155:10',
};
/** The sandbox speaks of `base` and means its test network. */
const SANDBOX: Readonly<Record<string, string>> = { base: 'eip155:84532' };

const TOKEN = /^0x[0-9a-f]{40}$/i;

/** On a chain that is not configured it is a symbol without a chain: nobody here can follow it. */
export function assetOf(
  { currency, network, tokenAddress }: CheckoutObject,
  { chains, networks, sandbox }: CoinbaseBusinessOptions,
): NamedAsset {
  const symbol = currency.toUpperCase();
  const name = network?.toLowerCase() ?? '';
  const chain = networks?.[name] ?? (sandbox === true ? SANDBOX[name] : undefined) ?? NETWORKS[name];
  const decimals = currencyDecimals(symbol);
  const nowhere = { chain: null, asset: symbol.toLowerCase(), symbol, decimals };
  if (chain === undefined || !chains.some(({ id }) => id === chain)) return nowhere;
  const configured = assetBySymbol(chains, chain, symbol);
  if (configured) return configured;
  const isToken = tokenAddress !== undefined && TOKEN.test(tokenAddress);
  return isToken ? { chain, asset: `erc20:${tokenAddress}`, symbol, decimals } : nowhere;
}
