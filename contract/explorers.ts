/** Block explorers that a page may link to and a host may open. Paths from each explorer's own addresses. */

export interface Explorer {
  readonly name: string;
  /** CAIP-2 id of the chain it shows. */
  readonly chain: string;
  readonly host: string;
  /** What stands before `/tx/…` where one host shows several chains. */
  readonly prefix?: '/testnet' | '/signet';
}

/** The first of a chain is the usual one. */
export const explorers: readonly Explorer[] = [
  { name: 'Etherscan', chain: 'eip155:1', host: 'etherscan.io' },
  { name: 'Blockscout', chain: 'eip155:1', host: 'eth.blockscout.com' },
  { name: 'Etherscan', chain: 'eip155:11155111', host: 'sepolia.etherscan.io' },
  { name: 'Etherscan', chain: 'eip155:10', host: 'optimistic.etherscan.io' },
  { name: 'Cronos Explorer', chain: 'eip155:25', host: 'explorer.cronos.org' },
  { name: 'BscScan', chain: 'eip155:56', host: 'bscscan.com' },
  { name: 'PolygonScan', chain: 'eip155:137', host: 'polygonscan.com' },
  { name: 'BaseScan', chain: 'eip155:8453', host: 'basescan.org' },
  { name: 'Blockscout', chain: 'eip155:8453', host: 'base.blockscout.com' },
  { name: 'Arbiscan', chain: 'eip155:42161', host: 'arbiscan.io' },
  { name: 'Snowtrace', chain: 'eip155:43114', host: 'snowtrace.io' },
  { name: 'mempool.space', chain: 'bip122:000000000019d6689c085ae165831e93', host: 'mempool.space' },
  { name: 'Blockstream', chain: 'bip122:000000000019d6689c085ae165831e93', host: 'blockstream.info' },
  {
    name: 'mempool.space',
    chain: 'bip122:000000000933ea01ad0ee984209779ba',
    host: 'mempool.space',
    prefix: '/testnet',
  },
  {
    name: 'Blockstream',
    chain: 'bip122:000000000933ea01ad0ee984209779ba',
    host: 'blockstream.info',
    prefix: '/testnet',
  },
  { name: 'mempool.space', chain: 'bip122:00000008819873e925422c1ff0f99f7c', host: 'mempool.space', prefix: '/signet' },
];

export type ExplorerPage = 'tx' | 'address' | 'block';

const patterns: Readonly<Record<string, Readonly<Record<ExplorerPage, RegExp>>>> = {
  eip155: {
    tx: /^0x[0-9a-fA-F]{64}$/,
    address: /^0x[0-9a-fA-F]{40}$/,
    block: /^\d{1,12}$/,
  },
  bip122: {
    tx: /^[0-9a-f]{64}$/,
    address: /^[0-9A-Za-z]{26,90}$/,
    block: /^[0-9a-f]{64}$/,
  },
};

function isIdOf(chain: string, page: ExplorerPage, id: string): boolean {
  const [namespace = ''] = chain.split(':');
  return Object.hasOwn(patterns, namespace) && (patterns[namespace]?.[page].test(id) ?? false);
}

export function explorersOf(chain: string): readonly Explorer[] {
  return explorers.filter((each) => each.chain === chain);
}

/**
 * The address under which a chosen explorer shows a transaction, an address or a block.
 * @param id a block is a number on EVM chains and a hash on Bitcoin
 * @param chosen the name of an explorer; the chain's usual one where it has none of that name
 * @returns null for a chain that no explorer shows, and for an id that is none of its chain
 */
export function explorerLink(
  chain: string | null,
  page: ExplorerPage,
  id: string,
  chosen?: string,
): { readonly name: string; readonly href: string } | null {
  if (chain === null || !isIdOf(chain, page, id)) return null;
  const known = explorersOf(chain);
  const explorer = known.find(({ name }) => name === chosen) ?? known[0];
  if (!explorer) return null;
  return { name: explorer.name, href: `https://${explorer.host}${explorer.prefix ?? ''}/${page}/${id}` };
}
