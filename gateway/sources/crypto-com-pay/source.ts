/**
 * Crypto.com Pay: signed webhooks, and with an API key polls of every open order, because expiry, cancellation and
 * detection send no webhook.
 * Source: Crypto.com Pay API reference and the payment objects in Crypto.com's own SDKs.
 */
import { assertSecrets } from '../hmac.ts';
import { DEFAULT_POLL_INTERVAL_MS, pollSettings } from '../reconcile/polling-options.ts';
import { startReconcile } from '../reconcile/reconcile.ts';
import type { RunningReconcile } from '../reconcile/reconcile.ts';
import { DEFAULT_TOLERANCE_SECONDS } from '../signed-time.ts';
import type { Source, SourceContext } from '../source.ts';
import type { CryptoComPayOptions } from './options.ts';
import { createPolledPayments } from './polled-payments.ts';
import { readDelivery } from './read.ts';
import { verifySignature } from './signature.ts';

/** @throws RangeError without a signature secret, because then anybody could sign */
export function createCryptoComPay(options: CryptoComPayOptions): Source {
  const { id, store, webhookSecrets, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, apiKey } = options;
  assertSecrets(id, webhookSecrets);
  return {
    id,
    kind: 'crypto-com-pay',
    store,
    expectedIntervalMs: apiKey === undefined ? null : (options.polling?.intervalMs ?? DEFAULT_POLL_INTERVAL_MS),
    verify: (delivery) => verifySignature(delivery, webhookSecrets, toleranceSeconds),
    read: (delivery) => readDelivery(options, delivery),
    ...(apiKey !== undefined && { start: (context) => startPolling(options, apiKey, context) }),
  };
}

function startPolling(options: CryptoComPayOptions, apiKey: string, context: SourceContext): RunningReconcile {
  const settings = pollSettings(options.polling);
  const processor = createPolledPayments(options, apiKey, settings, context);
  return startReconcile({ id: options.id, store: options.store, processor, settings }, context);
}
