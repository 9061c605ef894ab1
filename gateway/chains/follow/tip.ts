/** The chain as it stands now, and how deep is deep enough on it. Pure. */
import type { CanonicalChain } from './canonical-chain.ts';

/** `safe` and `finalized` are the chain's own words for a block that will stay. */
export type Depth = number | 'safe' | 'finalized';

export interface DepthRule {
  /** At which a payment counts as settled: a number of confirmations, at least 1, or a block that the chain names. */
  readonly settles: Depth;
  /** Up to which confirmations are told all the same: the deepest that a release rule asks for. */
  readonly countTo: number;
}

export interface Tip {
  /** CAIP-2 id. */
  readonly chain: string;
  readonly canonical: CanonicalChain;
  /** Time of its top block, epoch milliseconds, no later than `now`. */
  readonly at: number;
  /** The gateway's time, epoch milliseconds: nothing that a block tells of has happened after it. */
  readonly now: number;
  /** Confirmations at which a payment counts as settled; where the chain names the block, how many that is now. */
  readonly required: number;
  /** Up to which confirmations are told. */
  readonly countTo: number;
  /** Up to which they are told of a payment that is settled. */
  readonly countSettledTo: number;
  /** The highest block that enough nodes hold: confirmations are counted from it. */
  readonly agreed: number;
  /** The highest block that settles what stands in it. */
  readonly settled: number;
}

export interface TipParts {
  readonly chain: string;
  readonly canonical: CanonicalChain;
  readonly at: number;
  readonly rule: DepthRule;
  /** The gateway's time, epoch milliseconds; blocks are taken at their word where it is left out. */
  readonly now?: number;
  /** The top where it is left out. */
  readonly agreed?: number | undefined;
  /** Number of the newest block that the chain calls settled; null while it names none. */
  readonly named?: number | null | undefined;
}

/** What is shown as required while the chain has not named a settled block yet: two epochs of Ethereum. */
const USUAL_DEPTH = 64;

export function tipOf({ chain, canonical, at, rule, now = Infinity, agreed, named = null }: TipParts): Tip {
  const top = canonical.top?.number ?? -1;
  const counted = Math.min(top, agreed ?? top);
  const required = requiredNow(rule, top, named);
  const settled = typeof rule.settles === 'number' ? counted - required + 1 : Math.min(counted, named ?? -1);
  const countTo = Math.max(required, rule.countTo);
  const countSettledTo = typeof rule.settles === 'number' ? countTo : rule.countTo;
  return { chain, canonical, at: Math.min(at, now), now, required, countTo, countSettledTo, agreed: counted, settled };
}

function requiredNow({ settles }: DepthRule, top: number, named: number | null): number {
  if (typeof settles === 'number') return Math.max(1, settles);
  return named === null ? USUAL_DEPTH : Math.max(1, top - named + 1);
}

/** What a payment's fact says of it at first sight; null where only the chain knows. */
export function requiredOf({ settles }: DepthRule): number | null {
  return typeof settles === 'number' ? Math.max(1, settles) : null;
}
