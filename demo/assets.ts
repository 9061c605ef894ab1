import { demoTokens } from './gateway-config.ts';

/** A token of the pretend chain, undefined for its native coin and for coins of other chains. */
export function tokenBySymbol(symbol: string) {
  return demoTokens.find((token) => token.symbol === symbol);
}

/** True for what can be sent on the pretend chain. */
export function isOnChain(symbol: string): boolean {
  return symbol === 'ETH' || tokenBySymbol(symbol) !== undefined;
}

/** How the gateway calls an asset of the pretend chain: `native` or `erc20:0x…`. */
export function assetName(symbol: string): string {
  const token = tokenBySymbol(symbol);
  return token ? `erc20:${token.address}` : 'native';
}
