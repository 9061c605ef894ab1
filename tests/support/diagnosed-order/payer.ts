import type { PayOption } from '../../../contract/order.ts';

/** A transaction that a customer sent; how it was signed is the payer's to remember. */
export interface Sent {
  readonly hash: string;
}

/** A customer on some chain, and that chain under the test's thumb: what customers and chains of every kind can do. */
export interface Payer {
  /** CAIP-2 id. */
  readonly chain: string;
  /** How the order can be paid; the first is what `send` pays. */
  readonly pay: readonly [PayOption, ...PayOption[]];
  /** A hash in the chain's form that no node knows. */
  readonly unknownHash: string;
  /** Into the pool. @param amount base units, what is due where it is left out */
  send(amount?: bigint): Promise<Sent>;
  /** Pays somebody else, into the pool. @returns with what it moves, as people read it */
  sendAway(): Promise<Sent & { readonly moves: readonly (string | RegExp)[] }>;
  /** Sends what bids less than is asked. @returns with what is bid and asked, as people read it */
  sendTooCheap(): Promise<Sent & { readonly bid: string; readonly asked: string }>;
  /** Less is asked from now on. */
  lowerFees(): Promise<void>;
  /** Puts another transaction with a higher fee in its place: one that pays the same, or the sender's own wallet. */
  outbid(sent: Sent, to: 'the shop' | 'the sender'): Promise<Sent>;
  /** Every pool forgets it. */
  forget(sent: Sent): Promise<void>;
  /** The wallet sends the very same once more. */
  resend(sent: Sent): Promise<void>;
  /** Blocks that hold what waits in the pool. */
  mine(blocks?: number): Promise<void>;
  /** Puts other blocks without any payment in the place of the newest. */
  reorg(depth: number): Promise<void>;
  height(): Promise<number>;
  close(): Promise<void>;
}
