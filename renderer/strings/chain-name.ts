/** Chains by the names they have in every language. Source: the chain list of chainid.network, and BIP 122. */
const names: Readonly<Record<string, string>> = {
  'eip155:1': 'Ethereum',
  'eip155:10': 'OP Mainnet',
  'eip155:25': 'Cronos',
  'eip155:56': 'BNB Smart Chain',
  'eip155:137': 'Polygon',
  'eip155:8453': 'Base',
  'eip155:42161': 'Arbitrum One',
  'eip155:43114': 'Avalanche C-Chain',
  'eip155:11155111': 'Sepolia',
  'bip122:000000000019d6689c085ae165831e93': 'Bitcoin',
  'bip122:000000000933ea01ad0ee984209779ba': 'Bitcoin testnet3',
  'bip122:00000008819873e925422c1ff0f99f7c': 'Bitcoin signet',
  'bip122:0f9188f13cb7b2c71f2a335e3a4fc328': 'Bitcoin regtest',
};

/** A chain's name; its CAIP-2 id where it has none here. */
export function chainName(chain: string): string {
  return Object.hasOwn(names, chain) ? (names[chain] ?? chain) : chain;
}
