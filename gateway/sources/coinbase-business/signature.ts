/**
 * `X-Hook0-Signature: t=<unix seconds>,h=<header names>,v1=<hex>`: v1 is the HMAC-SHA256 of
 * `<t>.<header names>.<header values>.<raw body>` under the subscription's secret, the names parted by spaces, the values
 * joined by points, a header that did not come counting as empty. An element `v0`, the HMAC of `<t>.<raw body>`, is
 * documented second-hand and accepted as well.
 * Source: Coinbase Developer Platform, "Checkout webhooks, signature verification".
 */
import { hmacMatches, sha256Hex } from '../hmac.ts';
import { signedInTime } from '../signed-time.ts';
import type { RawDelivery, Verification } from '../source.ts';

const SIGNATURE_HEADER = 'x-hook0-signature';

interface Signature {
  /** As sent, because its text is part of what is signed. */
  readonly timestamp: string;
  /** As sent, null where none is named. */
  readonly headerNames: string | null;
  readonly v0: readonly Buffer[];
  readonly v1: readonly Buffer[];
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
  if (!signature || !isSigned(signature, delivery, secrets)) return { ok: false, reason: 'bad-signature' };
  return signedInTime(Number(signature.timestamp), delivery.receivedAt, toleranceSeconds);
}

/** When a delivery says it was signed, epoch milliseconds; null without a readable signature. */
export function signedAt({ headers }: RawDelivery): number | null {
  const signature = parseSignature(headers[SIGNATURE_HEADER] ?? '');
  return signature && Number(signature.timestamp) * 1000;
}

function isSigned({ timestamp, headerNames, v0, v1 }: Signature, delivery: RawDelivery, secrets: readonly string[]) {
  const plain = hmacMatches(v0, secrets, [`${timestamp}.`, delivery.body]);
  if (headerNames === null) return plain;
  const values = headerNames.split(' ').map((name) => delivery.headers[name.toLowerCase()] ?? '');
  return hmacMatches(v1, secrets, [`${timestamp}.${headerNames}.${values.join('.')}.`, delivery.body]) || plain;
}

function parseSignature(header: string): Signature | null {
  const pairs = header.split(',').map((part) => {
    const at = part.indexOf('=');
    return [part.slice(0, Math.max(at, 0)).trim(), part.slice(at + 1).trim()] as const;
  });
  const valuesOf = (wanted: string) => pairs.filter(([name]) => name === wanted).map(([, value]) => value);
  const digestsOf = (wanted: string) => valuesOf(wanted).flatMap((value) => sha256Hex(value) ?? []);
  const [timestamp, secondTime] = valuesOf('t');
  const [headerNames = null, secondNames] = valuesOf('h');
  if (timestamp === undefined || secondTime !== undefined || secondNames !== undefined) return null;
  if (!/^\d{1,12}$/.test(timestamp)) return null;
  return { timestamp, headerNames, v0: digestsOf('v0'), v1: digestsOf('v1') };
}
