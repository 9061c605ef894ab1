import { DEMO_BITCOIN, DEMO_CHAIN, demoTokens, SIDE_CHAIN, sideTokens } from './networks.ts';

/** A token of a pretend chain, undefined for its native coin and for coins of other chains. */
export function tokenBySymbol(symbol: string, chain: string = DEMO_CHAIN) {
  const tokens = chain === SIDE_CHAIN ? sideTokens : demoTokens;
  return chain === DEMO_BITCOIN ? undefined : tokens.find((token) => token.symbol === symbol);
}

/** True for what can be sent on the pretend chain. */
export function isOnChain(symbol: string): boolean {
  return symbol === 'ETH' || tokenBySymbol(symbol) !== undefined;
}

/** How the gateway calls an asset of a pretend chain: `native` or `erc20:0x…`. */
export function assetName(symbol: string, chain: string = DEMO_CHAIN): string {
  const token = tokenBySymbol(symbol, chain);
  return token ? `erc20:${token.address}` : 'native';
}
