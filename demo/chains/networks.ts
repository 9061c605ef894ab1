/** The pretend networks: their ids, their tokens, and how deep the gateway wants payments on them. */

/** CAIP-2 ids of the pretend chains: numbers that development chains use, so that nobody takes them for real networks. */
export const DEMO_CHAIN_ID = 31_337;
export const DEMO_CHAIN = `eip155:${DEMO_CHAIN_ID}`;
export const SIDE_CHAIN_ID = 1_337;
export const SIDE_CHAIN = `eip155:${SIDE_CHAIN_ID}`;

/** CAIP-2 id of regtest, the network of developers, so that nobody takes it for real money. */
export const DEMO_BITCOIN = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';

/** The tokens that live on the pretend chain. */
export const demoTokens = [
  { symbol: 'USDC', decimals: 6, address: '0x5f3b5dfeb7b28cdbd7faba78963ee202a494e2a2' },
  { symbol: 'USDT', decimals: 6, address: '0x7d1afa7b718fb893db30a3abc0cfc608aacfebb0' },
] as const;

/** The token of the second chain: the same name, and another contract. */
export const sideTokens = [
  { symbol: 'USDC', decimals: 6, address: '0x91e1b6d3b1a4d0ecf9c15ae38a0b1fb0ba2d7d6c' },
] as const;

/** A contract that calls itself as a real token does; nobody configured it. */
export const FAKE_TOKEN = { symbol: 'USDC', address: '0xbadc0ffee0ddf00d5ca1ab1eba5eba11deadbeef' } as const;

/** The shop's own wallet: no order asks for money there, and customers send some all the same. */
export const DEMO_WALLET = '0x3c9d1f0b6a7e4825d1c0b9a8f7e6d5c4b3a29180';

/** Confirmations after which the gateway counts a payment on the EVM chains as settled. */
export const confirmationsRequired = 6;
