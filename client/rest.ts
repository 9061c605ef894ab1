import http from 'node:http';
import https from 'node:https';
import type { z } from 'zod';
import { errorBodySchema } from '../contract/protocol.ts';
import { GatewayError } from './gateway-error.ts';

/** A page has at most 256 KiB by the protocol; anything much larger is not the gateway's. */
const ANSWER_MOST_BYTES = 8 * 1024 * 1024;

export interface RestOptions {
  /** As `gatewayUrl` gives it. */
  readonly gateway: string;
  readonly agent: http.Agent;
  /** Milliseconds that an answer may take. */
  readonly timeoutMs: number;
}

export interface RestCall<T> {
  readonly method: 'GET' | 'POST';
  /** Behind the gateway's address, beginning with a slash. */
  readonly path: string;
  readonly body?: object;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly schema: z.ZodType<T>;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** One REST call. @throws GatewayError with the gateway's code, or `unreachable`, `timeout`, `not-a-gateway` */
export async function callGateway<T>(options: RestOptions, call: RestCall<T>): Promise<T> {
  const answer = await send(options, call);
  const body = parsed(answer.text);
  if (answer.status >= 200 && answer.status <= 299) {
    const value = call.schema.safeParse(body);
    if (value.success) return value.data;
    const fields = value.error.issues.slice(0, 5).map(({ path }) => path.join('.') || 'all of it');
    const what = `${call.method} ${call.path} was answered as no Tillwatch gateway does (${fields.join(', ')})`;
    throw new GatewayError('not-a-gateway', `${what}. Check the address.`, { status: answer.status });
  }
  throw refusal(answer, body, call);
}

function refusal({ status, retryAfter }: Answer, body: unknown, { method, path }: RestCall<unknown>): GatewayError {
  const said = errorBodySchema.safeParse(body);
  if (!said.success) {
    const what = `${method} ${path} was answered with HTTP ${status}, in words that are not a gateway’s`;
    return new GatewayError('not-a-gateway', `${what}. Check the address, and what stands before the gateway.`, {
      status,
    });
  }
  const { code, message, faults = [] } = said.data.error;
  const fields = faults.map((fault) => `${fault.field}: ${fault.message}`).filter((fault) => !message.includes(fault));
  const retryAfterMs = retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : null;
  return new GatewayError(code, [message, ...fields].join(' '), { status, retryAfterMs });
}

function send({ gateway, agent, timeoutMs }: RestOptions, call: RestCall<unknown>): Promise<Answer> {
  const { method, path } = call;
  const url = new URL(gateway + path);
  const body = call.body && JSON.stringify(call.body);
  const headers = {
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
    ...call.headers,
  };
  return new Promise((resolve, reject) => {
    const { request: open } = url.protocol === 'https:' ? https : http;
    const signal = AbortSignal.timeout(timeoutMs);
    const request = open(url, { method, agent, headers, signal }, (response) => {
      receive(response).then(resolve, fail);
    });
    const fail = (cause: unknown): void => {
      request.destroy();
      reject(unreached(cause, signal.aborted, { gateway, timeoutMs }));
    };
    request.on('error', fail);
    request.end(body);
  });
}

async function receive(response: http.IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > ANSWER_MOST_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk as Buffer);
  }
  const { statusCode: status = 0, headers } = response;
  return { status, retryAfter: headers['retry-after'], text: Buffer.concat(chunks).toString('utf8') };
}

function unreached(
  cause: unknown,
  late: boolean,
  { gateway, timeoutMs }: Pick<RestOptions, 'gateway' | 'timeoutMs'>,
): GatewayError {
  if (late) return new GatewayError('timeout', `${gateway} did not answer within ${timeoutMs} ms.`, { cause });
  const reason = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : 'unknown';
  return new GatewayError('unreachable', `${gateway} cannot be reached (${reason}).`, { cause });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
