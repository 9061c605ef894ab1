import http from 'node:http';
import https from 'node:https';
import { z } from 'zod';
import { errorBodySchema } from '../../../contract/protocol.ts';
import type { TimePort } from '../desk.ts';
import { failed, networkFailure } from './failure.ts';
import type { Failure, Outcome } from './failure.ts';

/** A snapshot page may have 256 KiB by the protocol; anything much larger is not the gateway's. */
const ANSWER_MOST_BYTES = 8 * 1024 * 1024;
/** A case holds every raw delivery of its order, each of which may have a megabyte. */
const DOCUMENT_MOST_BYTES = 64 * 1024 * 1024;

export interface Call<T> {
  readonly method: 'GET' | 'POST';
  /** Behind the gateway's address, beginning with a slash. */
  readonly path: string;
  readonly body?: object;
  readonly token?: string;
  readonly schema: z.ZodType<T>;
  readonly timeoutMs: number;
}

type Question = Omit<Call<unknown>, 'schema'>;

/** An answer as it came. */
export interface Document {
  readonly text: string;
  /** What the gateway suggests; not to be trusted as a path. */
  readonly fileName: string | null;
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** Plain requests to the gateway. Nothing that is not JSON of the expected shape gets through [CN10]. */
export class HttpClient {
  readonly #gateway: string;
  readonly #agent: http.Agent;
  readonly #time: TimePort;
  readonly #open = new Set<http.ClientRequest>();

  constructor(gateway: string, agent: http.Agent, time: TimePort) {
    this.#gateway = gateway;
    this.#agent = agent;
    this.#time = time;
  }

  /** Ends what is under way; it fails like a line that broke. */
  close(): void {
    for (const request of this.#open) request.destroy();
  }

  async call<T>(call: Call<T>): Promise<Outcome<T>> {
    const answer = await this.#send(call);
    return answer.ok ? readAs(answer.value, call.schema, this.#time.now()) : answer;
  }

  /** An answer that is kept as it came, with the name it gives itself. */
  async document(call: Question): Promise<Outcome<Document>> {
    const answer = await this.#send(call, DOCUMENT_MOST_BYTES);
    if (!answer.ok) return answer;
    const read = readAs(answer.value, z.object({}), this.#time.now());
    if (!read.ok) return read;
    const [, fileName = null] =
      /filename="([^"]{1,200})"/.exec(answer.value.headers['content-disposition'] ?? '') ?? [];
    return { ok: true, value: { text: answer.value.text, fileName } };
  }

  #send(call: Question, mostBytes = ANSWER_MOST_BYTES): Promise<Outcome<Answer>> {
    const url = new URL(this.#gateway + call.path);
    const body = call.body && JSON.stringify(call.body);
    const headers = {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
    };
    return new Promise((resolve) => {
      const { request: open } = url.protocol === 'https:' ? https : http;
      const request = open(url, { method: call.method, agent: this.#agent, headers });
      this.#open.add(request);
      const cancel = this.#time.after(call.timeoutMs, () => settle(failed({ kind: 'timeout', what: url.pathname })));
      const settle = (outcome: Outcome<Answer>): void => {
        cancel();
        this.#open.delete(request);
        resolve(outcome);
        if (!outcome.ok) request.destroy();
      };
      request.on('error', (error) => settle(failed(networkFailure(error))));
      request.on('response', (response) => receive(response, mostBytes, settle));
      request.end(body);
    });
  }
}

function receive(response: http.IncomingMessage, mostBytes: number, settle: (outcome: Outcome<Answer>) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostBytes) settle(failed({ kind: 'unreadable', html: false, what: 'answer too large' }));
    else chunks.push(chunk);
  });
  response.on('error', (error) => settle(failed(networkFailure(error))));
  response.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8');
    settle({ ok: true, value: { status: response.statusCode ?? 0, headers: response.headers, text } });
  });
}

function readAs<T>(answer: Answer, schema: z.ZodType<T>, now: number): Outcome<T> {
  const html = /^\s*</.test(answer.text) || (answer.headers['content-type'] ?? '').includes('html');
  const json = html ? undefined : parsed(answer.text);
  if (answer.status < 200 || answer.status > 299) return failed(refused(answer, json, now));
  const value = schema.safeParse(json);
  return value.success ? { ok: true, value: value.data } : failed(unreadable(html, value.error));
}

function refused(answer: Answer, json: unknown, now: number): Failure {
  const envelope = errorBodySchema.safeParse(json);
  const error = envelope.success ? { code: envelope.data.error.code, message: envelope.data.error.message } : null;
  const retryAfterMs = retryAfter(answer.headers['retry-after'], now);
  return { kind: 'answer', status: answer.status, error, retryAfterMs };
}

/** Names the fields, never the values: they may be a customer's. */
function unreadable(html: boolean, error: z.ZodError): Failure {
  const fields = error.issues.slice(0, 5).map(({ path }) => path.join('.'));
  const what = html ? 'a web page' : `fields ${fields.join(', ')}`.slice(0, 400);
  return { kind: 'unreadable', html, foreign: true, what };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a Retry-After header: whole seconds, or an HTTP date. Source: RFC 9110, section 10.2.3.
 * @returns milliseconds from now, null when there is none that can be read
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
