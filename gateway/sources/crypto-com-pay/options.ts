/** How a Crypto.com Pay source is configured. */
import type { ChainAssets } from '../chain-assets.ts';

export interface CryptoComPayOptions {
  /** Id of the source, as in `/v1/webhooks/:sourceId`. */
  readonly id: string;
  readonly store: string;
  /** Signature secrets, at least one; several while one is being changed. */
  readonly webhookSecrets: readonly string[];
  /** Oldest and newest accepted signature, in seconds from now; 300 by default. */
  readonly toleranceSeconds?: number | undefined;
  /** Secret API key; without it nothing is polled. */
  readonly apiKey?: string | undefined;
  /** Base of the REST interface, `https://pay.crypto.com/api` by default. */
  readonly apiBase?: string | undefined;
  /** The store's grace for late money, in minutes after an order's expiry. */
  readonly lateGraceMinutes: number;
  /** The configured chains, so that a payment's transaction can be followed on them. */
  readonly chains: readonly ChainAssets[];
  /**
   * Chain by the currency as Crypto.com Pay names it, with or without its network: `{USDC: 'eip155:1', CRO_CRONOS:
   * 'eip155:25'}`. What is not named here is inferred only where no doubt is left.
   */
  readonly networks?: Readonly<Record<string, string>> | undefined;
  readonly polling?: PollingOptions | undefined;
}

/** Times in milliseconds. */
export interface PollingOptions {
  /** Between two looks at the same open order while it is young; also how often the line is proven; 15 s by default. */
  readonly intervalMs?: number | undefined;
  /** Least time between two requests: the budget towards the processor; 200 ms by default. */
  readonly spacingMs?: number | undefined;
  /** After which an unanswered request has failed; 10 s by default. */
  readonly timeoutMs?: number | undefined;
  /** Longest wait after failures in a row; 5 min by default. Each failure doubles the wait, from `intervalMs` on. */
  readonly longestBackoffMs?: number | undefined;
  /** Waits, and rejects when aborted; a timer by default. */
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** 0 to 1, `Math.random` by default. */
  readonly random?: (() => number) | undefined;
  readonly fetch?: typeof fetch | undefined;
}
