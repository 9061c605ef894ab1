/** Bitcoin's networks by CAIP-2 id: `bip122:` and the first 32 hex digits of the genesis block's hash. */
export interface BitcoinNetwork {
  /** For people. */
  readonly name: string;
  /** Human-readable part of segwit addresses. Source: BIP-173. */
  readonly segwit: string;
  /** Version bytes of base58 addresses: to a key's hash, and to a script's. Source: Bitcoin Core, chainparams. */
  readonly keyHash: number;
  readonly scriptHash: number;
}

const MAIN = { segwit: 'bc', keyHash: 0x00, scriptHash: 0x05 };
const TEST = { segwit: 'tb', keyHash: 0x6f, scriptHash: 0xc4 };

const NETWORKS: Readonly<Record<string, BitcoinNetwork>> = {
  'bip122:000000000019d6689c085ae165831e93': { name: 'Bitcoin', ...MAIN },
  'bip122:000000000933ea01ad0ee984209779ba': { name: 'Bitcoin testnet3', ...TEST },
  'bip122:00000000da84f2bafbbc53dee25a72ae': { name: 'Bitcoin testnet4', ...TEST },
  'bip122:00000008819873e925422c1ff0f99f7c': { name: 'Bitcoin signet', ...TEST },
  'bip122:0f9188f13cb7b2c71f2a335e3a4fc328': { name: 'Bitcoin regtest', ...TEST, segwit: 'bcrt' },
};

/** @param chain CAIP-2 id; undefined for a chain that is none of Bitcoin's networks */
export function bitcoinNetwork(chain: string): BitcoinNetwork | undefined {
  return Object.hasOwn(NETWORKS, chain) ? NETWORKS[chain] : undefined;
}

/** Their ids, for people. */
export const bitcoinChains: readonly string[] = Object.keys(NETWORKS);
