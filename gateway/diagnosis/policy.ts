/** What diagnosis needs of the configuration. */
import type { Price } from '../../contract/order.ts';

/** One line of a store's goods-safe policy; the first that matches decides. */
export interface ReleaseRule {
  /** CAIP-2 id; every chain where it is left out. */
  readonly chain?: string | undefined;
  /** Matches prices up to and including this, in this very currency only. */
  readonly upTo?: Price | undefined;
  /** Confirmations that make goods safe; 0 trusts a payment at first sight. */
  readonly confirmations: number;
}

/** What a processor tells by webhook without being asked. */
export interface WebhookPolicy {
  /** The first of its webhooks about money: when it is seen, or only when it is settled. */
  readonly announces: 'money' | 'settlement';
  /** Within how many milliseconds they usually come. */
  readonly withinMs: number;
  /** A webhook that only hints at news: for how many milliseconds what is fetched then counts as told by it. 0 where it tells itself. */
  readonly hintMs: number;
}

export interface DiagnosisPolicy {
  /** Release rules by store id; a store without any releases what is settled. */
  readonly release: ReadonlyMap<string, readonly ReleaseRule[]>;
  /** CAIP-2 ids of the configured chains. */
  readonly watchedChains: ReadonlySet<string>;
  /** For how many milliseconds processor and chain may disagree, by store id. */
  readonly conflictMs?: ReadonlyMap<string, number>;
  /** By source id; none is missed of a source that is not in it. */
  readonly webhooks?: ReadonlyMap<string, WebhookPolicy>;
}

/** Where a store sets no other time. */
export const CONFLICT_MS = 10 * 60_000;
