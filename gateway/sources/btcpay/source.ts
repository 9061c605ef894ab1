/**
 * BTCPay Server: signed webhooks as hints, and polls of invoices, because a transaction that is replaced takes an invoice
 * back from Processing to New without a webhook.
 * Source: BTCPay Server's Greenfield API reference, and its source for what the reference leaves out.
 */
import { assertSecrets } from '../hmac.ts';
import { pollSettings } from '../reconcile/polling-options.ts';
import { startReconcile } from '../reconcile/reconcile.ts';
import type { Source } from '../source.ts';
import type { BtcPayOptions } from './options.ts';
import { createPolledInvoices } from './polled-invoices.ts';
import { readDelivery } from './read.ts';
import { verifySignature } from './signature.ts';

/** @throws RangeError without a webhook secret, because then anybody could sign */
export function createBtcPay(options: BtcPayOptions): Source {
  const { id, store, webhookSecrets } = options;
  assertSecrets(id, webhookSecrets);
  const settings = pollSettings(options.polling);
  return {
    id,
    kind: 'btcpay',
    store,
    expectedIntervalMs: settings.intervalMs,
    verify: (delivery) => verifySignature(delivery, webhookSecrets),
    read: (delivery) => readDelivery(options, delivery),
    start: (context) => {
      const processor = createPolledInvoices(options, settings, context);
      return startReconcile({ id, store, processor, settings }, context);
    },
  };
}
