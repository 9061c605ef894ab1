/** A payment processor as the gateway sees it: verify, parse, reconcile, freshness. One folder per kind beside this file. */
import type { Clock, Closeable, Ledger, Report } from '../ledger.ts';
import type { FreshnessReporter } from '../freshness.ts';
import type { Logger } from '../logger.ts';

/** A webhook as it came: the body's exact bytes, header names in lower case. */
export interface RawDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Epoch milliseconds of arrival at the gateway. */
  readonly receivedAt: number;
}

export type Verification =
  | { readonly ok: true; /** When the source says it sent it. */ readonly sentAt: number | null }
  /** `reason` is for the operator's log: `missing-signature`, `bad-signature`, `too-old` or `in-the-future`. */
  | { readonly ok: false; readonly reason: string };

/** What a readable delivery says. */
export interface Reading {
  /** What makes a repeated delivery the same delivery. */
  readonly dedupeKey: string;
  readonly reports: readonly Report[];
  /**
   * The source's own ids of the objects it is about, the ones it reports on: where an API key is configured, they are fetched
   * next.
   */
  readonly about?: readonly string[];
}

/** A signed delivery that cannot be read: it is stored, quarantined and answered with 200. */
export class UnreadableDelivery extends Error {
  override readonly name = 'UnreadableDelivery';
}

export interface Source {
  readonly id: string;
  readonly kind: string;
  readonly store: string;
  /** In which time it is expected to be heard [FR1]; null where nothing but webhooks proves the line. */
  readonly expectedIntervalMs: number | null;
  /** Checks the signature over the raw body, before anything is parsed. */
  verify(delivery: RawDelivery): Verification;
  /** @throws UnreadableDelivery when the body is not what the source documents */
  read(delivery: RawDelivery): Reading;
  /** Starts reconciling where the source is configured for it. */
  start?(context: SourceContext): RunningSource;
}

export interface RunningSource extends Closeable {
  /** A delivery about an object was taken: what it says is a hint, so the object itself is fetched soon. */
  hint?(ref: string): void;
}

export interface SourceContext {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly freshness: FreshnessReporter;
  readonly log: Logger;
}
