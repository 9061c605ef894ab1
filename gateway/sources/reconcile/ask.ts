/**
 * One GET of a processor's REST interface at a time, spaced. Whatever answers is classified, because proxies and captive
 * portals answer too.
 */
import type { Clock } from '../../ledger.ts';
import { retryAfter } from '../../retry-after.ts';
import { parseLossless } from '../lossless-json.ts';
import type { Failed } from './processor-answer.ts';
import type { PollSettings } from './polling-options.ts';

/** JSON with a status that is 2xx or 404. */
export interface JsonAnswer {
  readonly kind: 'json';
  readonly status: number;
  readonly value: unknown;
}

export type Ask = (path: string, signal: AbortSignal) => Promise<JsonAnswer | Failed>;

export interface AskOptions {
  /** Base of the interface, with or without a slash at its end. */
  readonly apiBase: string;
  /** The headers that authorise a GET of a URL; a token may be bound to it. */
  readonly authorise: (url: URL) => Readonly<Record<string, string>>;
  /** What to check where it is refused: the settings of the key, by their names in the configuration. */
  readonly keySettings: string;
  readonly settings: PollSettings;
  readonly clock: Clock;
}

/** An object is a few kilobytes; a page of fifty of them, each with what a shop hangs on it, is less than this. */
const MOST_MIB = 4;

/** Requests of one `Ask` wait for each other and keep `spacingMs` between them: that is the budget. */
export function createAsk(options: AskOptions): Ask {
  const base = options.apiBase.replace(/\/+$/, '');
  const { settings, clock } = options;
  let last = Number.NEGATIVE_INFINITY;
  let turn: Promise<unknown> = Promise.resolve();
  const spaced = async (url: URL, signal: AbortSignal): Promise<JsonAnswer | Failed> => {
    const wait = Math.min(settings.spacingMs, last + settings.spacingMs - clock.now());
    if (wait > 0) await settings.sleep(wait, signal);
    signal.throwIfAborted();
    const answer = await get(options, url, signal);
    last = clock.now();
    return answer;
  };
  return (path, signal) => {
    const answer = turn.then(() => spaced(new URL(`${base}${path}`), signal));
    turn = answer.catch(() => undefined);
    return answer;
  };
}

async function get(options: AskOptions, url: URL, signal: AbortSignal): Promise<JsonAnswer | Failed> {
  const { timeoutMs, fetch } = options.settings;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const headers = { ...options.authorise(url), accept: 'application/json' };
    // Following a redirect would carry the key elsewhere; no interface here documents one.
    const response = await fetch(url, { headers, signal: limited, redirect: 'manual' });
    return await classified(response, options);
  } catch (error) {
    signal.throwIfAborted();
    return failed(limited.aborted ? `no answer within ${timeoutMs} ms` : notReached(causeOf(error)));
  }
}

async function classified(response: Response, { clock, keySettings }: AskOptions): Promise<JsonAnswer | Failed> {
  const body = await bounded(response);
  const { status, headers } = response;
  const retryAfterMs = retryAfter(headers, clock.now());
  if (status === 429) return { ...failed('too many requests: polling more slowly', retryAfterMs), status };
  if (status >= 500) return failed(`the processor answered ${status}`, retryAfterMs);
  if (status >= 300 && status < 400) return failed('answered with a redirect: a captive portal, or a wrong apiBase');
  if (body === null) return failed(`answered with more than ${MOST_MIB} MiB`);
  const value = jsonIn(body);
  if (status === 401 || status === 403) {
    // BTCPay Server refuses a key without a body; a captive portal's page is no refusal of the key.
    if (value !== undefined || body.byteLength === 0) {
      return failed(`refused the API key (${status}): check ${keySettings}`);
    }
  }
  if (value === undefined)
    return failed(`answered ${status} with something other than JSON: a proxy, or a wrong apiBase`);
  if (status !== 404 && !response.ok) return { ...failed(`the processor answered ${status}`, retryAfterMs), status };
  return { kind: 'json', status, value };
}

/** The body, null when it is longer than its limit. */
async function bounded(response: Response): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream: AsyncIterable<unknown> | null = response.body;
  for await (const chunk of stream ?? []) {
    if (!(chunk instanceof Uint8Array)) break;
    size += chunk.byteLength;
    if (size > MOST_MIB * 1024 * 1024) return null;
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

function failed(note: string, retryAfterMs: number | null = null): Failed {
  return { kind: 'failed', note, retryAfterMs };
}

/** OpenSSL's words for a certificate that is not taken, and Node's for one that is another host's. */
const CERTIFICATE = /CERT|SELF_SIGNED|LEAF_SIGNATURE/;

function notReached(code: string): string {
  return CERTIFICATE.test(code) ? `its certificate is not trusted (${code})` : `unreachable (${code})`;
}

/** The system's code for a network error, never its text: that may hold addresses. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'network error';
}
