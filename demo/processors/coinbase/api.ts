/**
 * The pretend Coinbase Business's interface, and how it delivers.
 * Source: Coinbase Business, Checkouts API reference; Coinbase Developer Platform, "JWT authentication".
 */
import { createHmac, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { ApiAnswer, ApiRequest } from '../../http/api-server.ts';
import type { Mischief, WebhookHabits } from '../webhook-sender.ts';
import { checkoutJson } from './checkouts.ts';
import type { PretendCoinbase } from './checkouts.ts';

export interface CoinbaseApiParts {
  readonly coinbase: PretendCoinbase;
  /** The key's id, and its public half. */
  readonly keyId: string;
  readonly publicKey: KeyObject | string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const headerSchema = z.object({ alg: z.enum(['EdDSA', 'ES256']), kid: z.string(), nonce: z.string().min(1) });
const claimsSchema = z.object({
  sub: z.string(),
  iss: z.literal('cdp'),
  nbf: z.number(),
  exp: z.number(),
  uris: z.array(z.string()),
});

export function answerCoinbase(request: ApiRequest, parts: CoinbaseApiParts): ApiAnswer {
  if (!isAuthorised(request, parts)) return failure(401, 'unauthorized');
  const url = new URL(request.path, 'http://coinbase');
  const [collection, id, ...rest] = url.pathname.split('/').slice(1);
  if (collection !== 'checkouts' || rest.length > 0 || request.method !== 'GET') return failure(404, 'not_found');
  if (id === undefined) return listed(url.searchParams, parts);
  const checkout = parts.coinbase.checkout(decodeURIComponent(id));
  return checkout ? { status: 200, body: checkoutJson(checkout) } : failure(404, 'not_found');
}

function listed(query: URLSearchParams, { coinbase }: CoinbaseApiParts): ApiAnswer {
  const from = Number(query.get('pageToken') ?? 0);
  const size = Number(query.get('pageSize') ?? 20);
  const all = coinbase.checkouts();
  const checkouts = all.slice(from, from + size).map(checkoutJson);
  const next = from + size < all.length ? { nextPageToken: String(from + size) } : {};
  return { status: 200, body: { checkouts, ...next } };
}

function failure(status: number, errorType: string): ApiAnswer {
  return { status, body: { errorType, errorMessage: 'See the documentation.', correlationId: 'pretend' } };
}

/** A token is bound to one request, lives two minutes, and is signed by the key it names. */
function isAuthorised(
  { method, authorization, uri }: ApiRequest,
  { keyId, publicKey, now }: CoinbaseApiParts,
): boolean {
  const [head = '', body = '', signature = ''] = authorization?.replace(/^Bearer /, '').split('.') ?? [];
  const header = headerSchema.safeParse(decoded(head));
  const claims = claimsSchema.safeParse(decoded(body));
  if (!header.success || !claims.success) return false;
  const seconds = now() / 1000;
  const { sub, nbf, exp, uris } = claims.data;
  const inTime = nbf <= seconds && seconds < exp && exp - nbf <= 120;
  const bound = sub === keyId && header.data.kid === keyId && uris.includes(`${method} ${uri ?? ''}`);
  const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey;
  const [digest, verifier] =
    header.data.alg === 'EdDSA' ? ([null, key] as const) : (['sha256', { key, dsaEncoding: 'ieee-p1363' }] as const);
  return (
    inTime && bound && verify(digest, Buffer.from(`${head}.${body}`), verifier, Buffer.from(signature, 'base64url'))
  );
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const SIGNED_HEADERS = 'content-type x-event-type';

/** `X-Hook0-Signature` over the body and two of its headers. @param now epoch milliseconds */
export function hook0Headers(secret: string, body: string, now: number): Record<string, string> {
  const time = Math.floor(now / 1000);
  const type = /"eventType":"([^"]*)"/.exec(body)?.[1] ?? '';
  const values = ['application/json', type].join('.');
  const v1 = createHmac('sha256', secret).update(`${time}.${SIGNED_HEADERS}.${values}.${body}`).digest('hex');
  return { 'x-event-type': type, 'x-hook0-signature': `t=${time},h=${SIGNED_HEADERS},v1=${v1}` };
}

/** How often the real one tries again is not documented: three days, as its predecessor did, are cut short here. */
export function coinbaseHabits(secret: string, mischief?: Mischief): WebhookHabits {
  return { sign: (body, now) => hook0Headers(secret, body, now), ...(mischief && { mischief }) };
}
