/** The pretend Crypto.com Pay's REST interface on the network. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringify } from 'lossless-json';
import { readBody } from './http-body.ts';
import { closeServer, listenOnLoopback } from './loopback-server.ts';
import { answerApi } from './processor-api.ts';
import type { ApiParts } from './processor-api.ts';

export interface ProcessorServer {
  /** What a gateway takes as `apiBase`. */
  readonly url: string;
  close(): Promise<void>;
}

const BASE = '/api';

/** @throws the system's error when the port is taken */
export async function openProcessorServer(parts: ApiParts, port: number): Promise<ProcessorServer> {
  const server = createServer((request, response) => void answer(request, response, parts));
  const taken = await listenOnLoopback(server, port);
  return { url: `http://127.0.0.1:${taken}${BASE}`, close: () => closeServer(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: ApiParts): Promise<void> {
  try {
    const body = await readBody(request);
    const path = (request.url ?? '').startsWith(`${BASE}/`) ? (request.url ?? '').slice(BASE.length) : '/';
    const { authorization } = request.headers;
    const { status, body: json } = answerApi({ method: request.method ?? '', path, authorization, body }, parts);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(stringify(json));
  } catch {
    response.destroy();
  }
}
