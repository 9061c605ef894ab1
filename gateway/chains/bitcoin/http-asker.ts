import { NodeFailure } from '../follow/node-failure.ts';
import { tooOften } from '../follow/too-often.ts';

/** A busy block, raw or as hex, stays well below. */
const MOST_BYTES = 32 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** HTTP to one endpoint; a user and password in its address go into a header, and into no message. */
export class HttpAsker {
  /** Host and port. */
  readonly host: string;
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;
  readonly #closing = new AbortController();

  constructor(url: string, timeoutMs: number) {
    const { username, password, host, origin, pathname, search } = new URL(url);
    this.host = host;
    this.#base = `${origin}${pathname.replace(/\/$/, '')}`;
    this.#timeoutMs = timeoutMs;
    this.search = search;
    const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    this.#headers = username === '' ? {} : { authorization: `Basic ${Buffer.from(secret, 'utf8').toString('base64')}` };
  }

  /** What the address says after a question mark, sent with every request. */
  readonly search: string;

  /** @throws NodeFailure when there is no answer in time, it is too large, or it is 429; every other status is an answer */
  async ask(path: string, body?: unknown): Promise<Answer> {
    if (this.#closing.signal.aborted) throw new NodeFailure('the connection was closed');
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(this.#timeoutMs)]);
    try {
      const response = await fetch(`${this.#base}${path}${this.search}`, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        headers: { ...this.#headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        redirect: 'error',
        signal,
      });
      const refused = tooOften(response);
      if (refused) throw refused;
      return { status: response.status, body: await bodyOf(response) };
    } catch (error) {
      if (error instanceof NodeFailure) throw error;
      const late = error instanceof Error && error.name === 'TimeoutError';
      throw new NodeFailure(late ? `did not answer within ${this.#timeoutMs / 1000} s` : 'cannot be reached');
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }
}

async function bodyOf(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) throw new NodeFailure('answered with more than it should');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** @throws NodeFailure for what is not JSON */
export function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new NodeFailure('answered with what cannot be read');
  }
}
