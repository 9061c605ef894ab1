/**
 * `BTCPay-Sig: sha256=<hex>`: HMAC-SHA256 of the raw body under the webhook's secret. It carries no time, so an old
 * delivery stays valid: what tells it from a new one is its id. Source: BTCPay Server, Greenfield API, "Webhooks".
 */
import { hmacMatches, sha256Hex } from '../hmac.ts';
import type { RawDelivery, Verification } from '../source.ts';

const SIGNATURE_HEADER = 'btcpay-sig';
const SCHEME = 'sha256=';

/** Checks a delivery's signature over its exact bytes. */
export function verifySignature({ headers, body }: RawDelivery, secrets: readonly string[]): Verification {
  const header = headers[SIGNATURE_HEADER]?.trim();
  if (header === undefined) return { ok: false, reason: 'missing-signature' };
  const digest = header.startsWith(SCHEME) ? sha256Hex(header.slice(SCHEME.length)) : null;
  if (!digest || !hmacMatches([digest], secrets, [body])) return { ok: false, reason: 'bad-signature' };
  return { ok: true, sentAt: null };
}
