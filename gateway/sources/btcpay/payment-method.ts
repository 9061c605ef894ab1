/** Which asset a payment method is paid in. */
import { majorUnits } from '../amount.ts';
import type { NamedAsset } from '../chain-assets.ts';
import { cryptoAsset } from '../crypto-asset.ts';
import type { BtcPayOptions } from './options.ts';

/** Lightning amounts are whole millisatoshi: 11 decimals of a bitcoin. */
const LIGHTNING_DECIMALS = 11;

/**
 * `BTC-CHAIN`, `BTC-LN` and `BTC-LNURL` of version 2; `BTC`, `BTC-OnChain`, `BTC_LightningLike`, `BTC-LightningNetwork`
 * and `BTC-LNURLPAY` before. Lightning money never stands beside coins on chain in one sum: it has a unit of its own.
 * @param trace an address that shows the chain's form, null where none is given
 */
export function assetOf(method: string, trace: string | null, { chains, networks }: BtcPayOptions): NamedAsset {
  const [coin, kind = ''] = method.toUpperCase().split(/[-_]/);
  const symbol = (coin || method).slice(0, 24);
  if (/^(?:LN|LIGHTNING)/.test(kind)) {
    return { chain: null, asset: `${symbol.toLowerCase()}-ln`, symbol: `${symbol}-LN`, decimals: LIGHTNING_DECIMALS };
  }
  return cryptoAsset(symbol, trace, { chains, networks });
}

/**
 * A method's asset with an amount of it.
 * @throws AmountError when the amount is none, or finer than the asset's unit
 */
export function amountOf(asset: NamedAsset, value: string): { amount: bigint; decimals: number } {
  const { amount, decimals } = majorUnits(value, asset.decimals);
  return { amount, decimals: decimals ?? 0 };
}
