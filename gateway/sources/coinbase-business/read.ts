/** Deliveries → reports. A delivery carries the whole checkout. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AmountError } from '../amount.ts';
import { parseLossless, wrongFields } from '../lossless-json.ts';
import { UnreadableDelivery } from '../source.ts';
import type { RawDelivery, Reading } from '../source.ts';
import { checkoutReports } from './checkout-reports.ts';
import type { CoinbaseBusinessOptions } from './options.ts';
import { webhookSchema } from './schema.ts';
import { signedAt } from './signature.ts';

/**
 * No event id is signed, so a delivery is known by its body: the same body says nothing new.
 * @throws UnreadableDelivery when the body is not a checkout as documented
 */
export function readDelivery(options: CoinbaseBusinessOptions, delivery: RawDelivery): Reading {
  try {
    const { eventType, ...checkout } = webhookSchema.parse(parseLossless(delivery.body));
    const hash = createHash('sha256').update(delivery.body).digest('base64url');
    const reports = checkoutReports(options, checkout, { polled: false, sent: signedAt(delivery) });
    return { dedupeKey: `${checkout.id}:${eventType}:${hash}`, reports, about: [checkout.id] };
  } catch (error) {
    throw new UnreadableDelivery(explained(error), { cause: error });
  }
}

/** Why a body could not be read, without repeating it: it may hold customer data. */
function explained(error: unknown): string {
  if (error instanceof z.ZodError) return wrongFields(error);
  if (error instanceof AmountError) return error.message;
  return error instanceof SyntaxError || error instanceof TypeError ? 'not UTF-8 JSON' : 'unexpected structure';
}
