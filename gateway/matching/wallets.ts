/** The merchant's own addresses by chain, each with the store whose money comes there. */
export type Wallets = ReadonlyMap<string, readonly Wallet[]>;

export interface Wallet {
  readonly address: string;
  readonly store: string;
}

/** The store of a wallet; undefined for an address that is none. */
export function walletStore(wallets: Wallets, chain: string, address: string): string | undefined {
  const wanted = address.toLowerCase();
  return wallets.get(chain)?.find((wallet) => wallet.address.toLowerCase() === wanted)?.store;
}
