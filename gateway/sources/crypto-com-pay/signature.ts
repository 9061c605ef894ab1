/**
 * `Pay-Signature: t=<unix seconds>,v1=<hex>`: v1 is the HMAC-SHA256 of `<t>.<raw body>` under the webhook's signature
 * secret. Several v1 values may be given, one per secret while a secret is being changed.
 * Source: Crypto.com Pay API reference, "Webhooks, signature verification".
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RawDelivery, Verification } from '../source.ts';

export const SIGNATURE_HEADER = 'pay-signature';
export const DEFAULT_TOLERANCE_SECONDS = 300;

interface Signature {
  /** As sent, because its text is part of what is signed. */
  readonly timestamp: string;
  readonly digests: readonly Buffer[];
}

/**
 * Checks a delivery's signature over its exact bytes, then its age in whole seconds: `toleranceSeconds` is still
 * accepted, one more is not, in both directions.
 */
export function verifySignature(
  delivery: RawDelivery,
  secrets: readonly string[],
  toleranceSeconds: number,
): Verification {
  const header = delivery.headers[SIGNATURE_HEADER];
  if (header === undefined) return { ok: false, reason: 'missing-signature' };
  const signature = parseSignature(header);
  if (!signature || !matches(signature, delivery.body, secrets)) return { ok: false, reason: 'bad-signature' };
  const sentSeconds = Number(signature.timestamp);
  const age = Math.floor(delivery.receivedAt / 1000) - sentSeconds;
  if (age > toleranceSeconds) return { ok: false, reason: 'too-old' };
  if (age < -toleranceSeconds) return { ok: false, reason: 'in-the-future' };
  return { ok: true, sentAt: sentSeconds * 1000 };
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
  const digests = pairs
    .filter(([name, value]) => name === 'v1' && /^[0-9a-f]{64}$/i.test(value))
    .map(([, value]) => Buffer.from(value, 'hex'));
  const [timestamp] = times;
  if (timestamp === undefined || times.length > 1 || !/^\d{1,12}$/.test(timestamp)) return null;
  return { timestamp, digests };
}

/** Compares every digest with every secret's, so that the time taken tells nothing about which one fits. */
function matches({ timestamp, digests }: Signature, body: Uint8Array, secrets: readonly string[]): boolean {
  let matched = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
    for (const digest of digests) matched = timingSafeEqual(expected, digest) || matched;
  }
  return matched;
}
