/**
 * `GET {base}/payments/{id}` with the secret key as bearer token, as Crypto.com Pay documents it. Whatever answers is
 * classified, because proxies and captive portals answer too.
 */
import type { z } from 'zod';
import { parseLossless, paymentObjectSchema } from './schema.ts';
import type { PaymentObject } from './schema.ts';

export type Answer =
  | { readonly kind: 'payment'; readonly payment: PaymentObject }
  /** The processor answered and knows no such payment, or an answer without an object was all that was wanted. */
  | { readonly kind: 'no-payment' }
  /** This one answer makes no sense; the next question may do better. */
  | { readonly kind: 'unreadable'; readonly note: string }
  /** The line or the processor is in trouble: waiting helps, retrying at once does not. */
  | { readonly kind: 'failed'; readonly note: string; readonly retryAfterMs: number | null };

export interface PaymentApi {
  payment(id: string, signal: AbortSignal): Promise<Answer>;
  /** The lightest authenticated question, which proves the line where no order is open. */
  probe(signal: AbortSignal): Promise<Answer>;
}

export interface PaymentApiOptions {
  readonly apiBase: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  /** Epoch milliseconds; a `Retry-After` may be a date. */
  readonly now: () => number;
}

/** A payment object is a few kilobytes; more is not one. */
const MOST_BYTES = 1024 * 1024;

export function createPaymentApi(options: PaymentApiOptions): PaymentApi {
  const base = options.apiBase.replace(/\/+$/, '');
  return {
    async payment(id, signal) {
      const answer = await ask(options, `${base}/payments/${encodeURIComponent(id)}`, signal);
      return answer.kind === 'json' ? paymentIn(answer, id) : answer;
    },
    async probe(signal) {
      const answer = await ask(options, `${base}/payments?page=1&per_page=1`, signal);
      return answer.kind === 'json' ? { kind: 'no-payment' } : answer;
    },
  };
}

interface JsonAnswer {
  readonly kind: 'json';
  readonly status: number;
  readonly value: unknown;
}
type Failed = Extract<Answer, { kind: 'failed' }>;

async function ask(options: PaymentApiOptions, url: string, signal: AbortSignal): Promise<JsonAnswer | Failed> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]);
  try {
    const headers = { authorization: `Bearer ${options.apiKey}`, accept: 'application/json' };
    // Following a redirect would carry the key elsewhere; the interface documents none.
    const response = await options.fetch(url, { headers, signal: limited, redirect: 'manual' });
    return await classified(response, options.now());
  } catch (error) {
    signal.throwIfAborted();
    return failed(limited.aborted ? `no answer within ${options.timeoutMs} ms` : `unreachable (${causeOf(error)})`);
  }
}

async function classified(response: Response, now: number): Promise<JsonAnswer | Failed> {
  const body = await bounded(response);
  const retryAfterMs = retryAfter(response.headers.get('retry-after'), now);
  const { status } = response;
  if (status === 429) return failed('too many requests: polling more slowly', retryAfterMs);
  if (status >= 500) return failed(`the processor answered ${status}`, retryAfterMs);
  if (status >= 300 && status < 400) return failed('answered with a redirect: a captive portal, or a wrong apiBase');
  const value = jsonIn(body);
  if (value === undefined)
    return failed(`answered ${status} with something other than JSON: a proxy, or a wrong apiBase`);
  if (status === 401 || status === 403) return failed(`refused the API key (${status}): check apiKey`);
  if (status !== 404 && !response.ok) return failed(`the processor answered ${status}`, retryAfterMs);
  return { kind: 'json', status, value };
}

/** The body up to its limit; what is longer is cut off and then fails as JSON. */
async function bounded(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream: AsyncIterable<unknown> | null = response.body;
  for await (const chunk of stream ?? []) {
    if (!(chunk instanceof Uint8Array)) break;
    size += chunk.byteLength;
    if (size > MOST_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An object or list, undefined for anything else. */
function jsonIn(body: Uint8Array): unknown {
  try {
    const value = parseLossless(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function paymentIn({ status, value }: JsonAnswer, id: string): Answer {
  if (status === 404) return { kind: 'no-payment' };
  const parsed = paymentObjectSchema.safeParse(value);
  if (!parsed.success) return { kind: 'unreadable', note: `payment ${id} can't be read: ${fieldsOf(parsed.error)}` };
  if (parsed.data.id !== id) {
    return { kind: 'unreadable', note: `asked for payment ${id}, but another came: a proxy, or a wrong apiBase` };
  }
  return { kind: 'payment', payment: parsed.data };
}

function fieldsOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, code }) => `${path.join('.')} ${code}`)
    .join(', ')
    .slice(0, 300);
}

/** `Retry-After` in seconds or as a date → milliseconds from now. Source: RFC 9110, 10.2.3. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function failed(note: string, retryAfterMs: number | null = null): Failed {
  return { kind: 'failed', note, retryAfterMs };
}

/** The system's code for a network error, never its text: that may hold addresses. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'network error';
}
