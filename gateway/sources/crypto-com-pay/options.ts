/** How a Crypto.com Pay source is configured. */
import type { ChainAssets } from '../chain-assets.ts';
import type { PollingOptions } from '../reconcile/polling-options.ts';

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
