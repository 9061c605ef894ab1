/** Requests over plain HTTP, with the answer as it came. */
import { request } from 'node:http';
import { connect } from 'node:net';

/** A JSON object of which a test looks at whatever it likes. */
export type Json = Record<string, unknown>;

export interface Answer<T = Json> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The parsed body, or an empty object where it is no JSON. */
  readonly body: T;
  /** `error.code` of our envelope, '' where there is none. */
  readonly code: string;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}

/** Sends the path exactly as given: `fetch` would tidy it up first. */
export function call<T = Json>(base: string, path: string, options: Call = {}): Promise<Answer<T>> {
  const { body } = options;
  const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const { hostname, port } = new URL(base);
  const method = options.method ?? (body === undefined ? 'GET' : 'POST');
  const headers = { ...(raw === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers };
  const signal = options.signal ? { signal: options.signal } : {};
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers, agent: false, ...signal }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const json = parsed(text);
        const code = (json.error as { code?: string } | undefined)?.code ?? '';
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: json as T, code });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(raw);
  });
}

/** Writes bytes to a fresh TCP connection; resolves with all that came back when the other side closes it. */
export function exchange(base: string, bytes: string, giveUpMs = 15_000): Promise<{ text: string; afterMs: number }> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`still open after ${giveUpMs} ms; so far: ${text.slice(0, 200)}`));
    }, giveUpMs);
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve({ text, afterMs: performance.now() - started });
    });
  });
}
