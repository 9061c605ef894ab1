/** What every pretend processor's REST interface has in common: a function of the request, and a way to reach it. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringify } from 'lossless-json';
import { closeServer, listenOnLoopback } from './loopback-server.ts';
import { readBody } from './request-body.ts';

export interface ApiRequest {
  readonly method: string;
  /** Below the base, with its query: `/payments/…`. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
  /** Host and path of the request, to which a token may be bound. */
  readonly uri?: string;
}

export interface ApiAnswer {
  readonly status: number;
  /** May hold bigint. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type AnswerApi = (request: ApiRequest) => ApiAnswer;

export interface ApiServer {
  /** Without a path. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Interfaces on the network.
 * @param answers by the path under which each stands, such as `/api`
 * @throws the system's error when the port is taken
 */
export async function openApiServer(answers: Readonly<Record<string, AnswerApi>>, port: number): Promise<ApiServer> {
  const server = createServer((request, response) => void respond(request, response, answers));
  const taken = await listenOnLoopback(server, port);
  return { url: `http://127.0.0.1:${taken}`, close: () => closeServer(server) };
}

const NOWHERE: AnswerApi = () => ({ status: 404, body: { message: 'There is nothing.' } });

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answers: Readonly<Record<string, AnswerApi>>,
): Promise<void> {
  try {
    const body = await readBody(request);
    const { url = '', method = '', headers } = request;
    const base = Object.keys(answers).find((each) => url.startsWith(`${each}/`)) ?? '';
    const answer = answers[base] ?? NOWHERE;
    const path = url.slice(base.length);
    const uri = `${headers.host ?? ''}${new URL(url, 'http://front').pathname}`;
    const answered = answer({ method, path, authorization: headers.authorization, body, uri });
    response.writeHead(answered.status, { 'content-type': 'application/json', ...answered.headers });
    response.end(stringify(answered.body));
  } catch {
    response.destroy();
  }
}

/** The interface without a network: a `fetch` that knows nothing but what stands under one base. */
export function apiFetch(answer: AnswerApi, base: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    init?.signal?.throwIfAborted();
    const { host, pathname } = new URL(request.url);
    const path = request.url.startsWith(base) ? request.url.slice(base.length) : '/';
    const authorization = request.headers.get('authorization') ?? undefined;
    const body = await request.text();
    const answered = answer({ method: request.method, path, authorization, body, uri: `${host}${pathname}` });
    const headers = { 'content-type': 'application/json', ...answered.headers };
    return new Response(stringify(answered.body), { status: answered.status, headers });
  };
}
