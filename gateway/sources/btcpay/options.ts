/** How a BTCPay Server source is configured. */
import type { ChainAssets } from '../chain-assets.ts';
import type { PollingOptions } from '../reconcile/polling-options.ts';

export interface BtcPayOptions {
  /** Id of the source, as in `/v1/webhooks/:sourceId`. */
  readonly id: string;
  readonly store: string;
  /** Webhook secrets, at least one; several while one is being changed. */
  readonly webhookSecrets: readonly string[];
  /** A Greenfield API key that may view invoices. Without it there is nothing to show: webhooks carry no amounts. */
  readonly apiKey: string;
  /** The server, such as `https://pay.example.com`. */
  readonly apiBase: string;
  /** The store's id at the BTCPay Server. */
  readonly storeId: string;
  /** The store's grace for late money, in minutes after an order's expiry. */
  readonly lateGraceMinutes: number;
  /** The configured chains, so that a payment's transaction can be followed on them. */
  readonly chains: readonly ChainAssets[];
  /** Chain by coin, where it can't be inferred: `{BTC: 'bip122:000000000933ea01ad0ee984209779ba'}`. */
  readonly networks?: Readonly<Record<string, string>> | undefined;
  readonly polling?: PollingOptions | undefined;
}
