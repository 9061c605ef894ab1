/** How a Coinbase Business source is configured. */
import type { ChainAssets } from '../chain-assets.ts';
import type { PollingOptions } from '../reconcile/polling-options.ts';

export interface CoinbaseBusinessOptions {
  /** Id of the source, as in `/v1/webhooks/:sourceId`. */
  readonly id: string;
  readonly store: string;
  /** Secrets of the webhook subscription, at least one; several while one is being changed. */
  readonly webhookSecrets: readonly string[];
  /** Oldest and newest accepted signature, in seconds from now; 300 by default. */
  readonly toleranceSeconds?: number | undefined;
  /** A CDP secret API key; without it nothing is polled. */
  readonly apiKey?: { readonly id: string; readonly secret: string } | undefined;
  /** Base of the REST interface, `https://business.coinbase.com/api/v1` by default. */
  readonly apiBase?: string | undefined;
  /** True for Coinbase's sandbox: its money is none, on Base Sepolia. */
  readonly sandbox?: boolean | undefined;
  /** The store's grace for late money, in minutes after an order's expiry. */
  readonly lateGraceMinutes: number;
  /** The configured chains, so that a payment's transaction can be followed on them. */
  readonly chains: readonly ChainAssets[];
  /** Chain by the network as Coinbase names it, beside those known here: `{base: 'eip155:8453'}`. */
  readonly networks?: Readonly<Record<string, string>> | undefined;
  readonly polling?: PollingOptions | undefined;
}
