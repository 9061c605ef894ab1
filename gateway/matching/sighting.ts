/** Money that a chain shows at an address of the merchant's which no watched order claims. */
import type { PaymentFact } from '../../contract/order.ts';

export interface Sighting {
  readonly payment: PaymentFact & { readonly chain: string };
  /** By the block's time, or the gateway's while it is in the pool; epoch milliseconds. */
  readonly seenAt: number;
  /** In which block; left out while it is in the pool. */
  readonly block?: { readonly number: number; readonly hash: string };
  /** 0 while it is in the pool. */
  readonly confirmations: number;
}

/** Where a chain's watcher brings money it can't place. */
export interface MatchingDesk {
  /**
   * Addresses beside those of watched orders, lower case where the chain's own form is: wallets of the configuration, and
   * addresses orders had before they were closed.
   */
  addresses(chain: string): Promise<ReadonlySet<string>>;
  /** Gives the money to an order it fits, or keeps it as unmatched. Seeing the same again, or deeper, is harmless. */
  seen(sighting: Sighting): Promise<void>;
  /** The chain took it back, or the pool forgot it. */
  gone(chain: string, paymentId: string, reason: string): Promise<void>;
  /** Unmatched money of a chain, the newest first: what to follow on after a restart. */
  open(chain: string): Promise<readonly Sighting[]>;
}
