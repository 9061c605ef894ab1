/**
 * `Pay-Signature: t=<unix seconds>,v1=<hex>`: v1 is the HMAC-SHA256 of `<t>.<raw body>` under the webhook's signature
 * secret. Several v1 values may be given, one per secret while a secret is being changed.
 * Source: Crypto.com Pay API reference, "Webhooks, signature verification".
 */
import { hmacMatches, sha256Hex } from '../hmac.ts';
import { signedInTime } from '../signed-time.ts';
import type { RawDelivery, Verification } from '../source.ts';

export const SIGNATURE_HEADER = 'pay-signature';

interface Signature {
  /** As sent, because its text is part of what is signed. */
  readonly timestamp: string;
  readonly digests: readonly Buffer[];
}

/** Checks a delivery's signature over its exact bytes, then its age. */
export function verifySignature(
  delivery: RawDelivery,
  secrets: readonly string[],
  toleranceSeconds: number,
): Verification {
  const header = delivery.headers[SIGNATURE_HEADER];
  if (header === undefined) return { ok: false, reason: 'missing-signature' };
  const signature = parseSignature(header);
  const signed = signature && hmacMatches(signature.digests, secrets, [`${signature.timestamp}.`, delivery.body]);
  if (!signed) return { ok: false, reason: 'bad-signature' };
  return signedInTime(Number(signature.timestamp), delivery.receivedAt, toleranceSeconds);
}

/** When a delivery says it was signed, epoch milliseconds; null without a readable signature. */
export function signedAt(delivery: RawDelivery): number | null {
  const signature = parseSignature(delivery.headers[SIGNATURE_HEADER] ?? '');
  return signature && Number(signature.timestamp) * 1000;
}

function parseSignature(header: string): Signature | null {
  const pairs = header.split(',').map((part) => {
    const at = part.indexOf('=');
    return [part.slice(0, Math.max(at, 0)).trim(), part.slice(at + 1).trim()] as const;
  });
  const times = pairs.filter(([name]) => name === 't').map(([, value]) => value);
  const digests = pairs.flatMap(([name, value]) => (name === 'v1' ? (sha256Hex(value) ?? []) : []));
  const [timestamp] = times;
  if (timestamp === undefined || times.length > 1 || !/^\d{1,12}$/.test(timestamp)) return null;
  return { timestamp, digests };
}
