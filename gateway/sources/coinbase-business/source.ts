/**
 * Coinbase Business, Checkouts: signed webhooks, and with a CDP API key polls, because no webhook tells that a payment is
 * being processed or that a checkout was deactivated.
 * Source: Coinbase Business, Checkouts API reference and checkout webhooks.
 */
import { assertSecrets } from '../hmac.ts';
import { pollSettings } from '../reconcile/polling-options.ts';
import { startReconcile } from '../reconcile/reconcile.ts';
import { DEFAULT_TOLERANCE_SECONDS } from '../signed-time.ts';
import type { Source } from '../source.ts';
import { cdpKey } from './cdp-key.ts';
import type { CoinbaseBusinessOptions } from './options.ts';
import { createPolledCheckouts } from './polled-checkouts.ts';
import { readDelivery } from './read.ts';
import { verifySignature } from './signature.ts';

/** @throws RangeError without a webhook secret, because then anybody could sign, and for an API key that is none */
export function createCoinbaseBusiness(options: CoinbaseBusinessOptions): Source {
  const { id, store, webhookSecrets, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, apiKey } = options;
  assertSecrets(id, webhookSecrets);
  const key = apiKey && cdpKey(apiKey.id, apiKey.secret);
  const settings = pollSettings(options.polling);
  return {
    id,
    kind: 'coinbase-business',
    store,
    expectedIntervalMs: key ? settings.intervalMs : null,
    verify: (delivery) => verifySignature(delivery, webhookSecrets, toleranceSeconds),
    read: (delivery) => readDelivery(options, delivery),
    ...(key && {
      start: (context) => {
        const processor = createPolledCheckouts(options, key, settings, context);
        return startReconcile({ id, store, processor, settings }, context);
      },
    }),
  };
}
