/**
 * Whether live connections are let through, asked of Socket.IO's engine alone: nobody signs in, so no desk of anybody is
 * touched. Source: the Engine.IO protocol, version 4: `0` opens, `1` closes.
 */
import http from 'node:http';
import type { Agent, IncomingMessage } from 'node:http';
import https from 'node:https';
import { WebSocket } from 'ws';
import { codeOf } from '../connection/failure.ts';
import type { Failure } from '../connection/failure.ts';
import { found } from './found.ts';
import type { Found } from './found.ts';
import { judgeFailure } from './judge-failure.ts';
import { patience } from './patient.ts';
import type { Instruments, Target } from './patient.ts';
import { LATE, within } from './within.ts';

/** An opening packet is a hundred bytes; more than this is not one. */
const PACKET_MOST_BYTES = 16 * 1024;

function engineUrl({ gateway }: Target, transport: 'polling' | 'websocket'): URL {
  const url = new URL(`${gateway}/socket.io/`);
  url.search = `?EIO=4&transport=${transport}`;
  if (transport === 'websocket') url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}

export async function probePolling(target: Target, agent: Agent, instruments: Instruments): Promise<Found> {
  const seconds = patience(instruments);
  const url = engineUrl(target, 'polling');
  const opened = await within(instruments, async (signal) => {
    const answer = await exchange(url, agent, signal, 'GET');
    if ('kind' in answer) return answer;
    const session = openedSession(answer);
    if (session === null) return judgedAnswer(answer);
    url.searchParams.set('sid', session);
    await exchange(url, agent, signal, 'POST', '1');
    return null;
  });
  if (opened === LATE) return found('way-silent', { seconds });
  return opened === null ? found('polling-open') : judgeFailure(opened, seconds);
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function openedSession({ status, text }: Answer): string | null {
  if (status !== 200 || !text.startsWith('0')) return null;
  return /"sid":"([^"]{1,256})"/.exec(text)?.[1] ?? null;
}

function judgedAnswer({ status, type, text }: Answer): Failure {
  if (status !== 200) return { kind: 'answer', status, error: null, retryAfterMs: null };
  return { kind: 'unreadable', html: type.includes('html') || text.trimStart().startsWith('<'), what: 'not Socket.IO' };
}

function exchange(
  url: URL,
  agent: Agent,
  signal: AbortSignal,
  method: 'GET' | 'POST',
  body?: string,
): Promise<Answer | Failure> {
  const { request: open } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve) => {
    const broke = (error: unknown): void => resolve({ kind: 'network', code: codeOf(error) ?? 'UNKNOWN' });
    const headers = body === undefined ? {} : { 'content-type': 'text/plain', 'content-length': body.length };
    const request = open(url, { agent, signal, method, headers }, (response) => {
      response.on('error', broke);
      void read(response).then((text) =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
    });
    request.on('error', broke);
    request.end(body);
  });
}

async function read(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  return new Promise((resolve) => {
    response.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > PACKET_MOST_BYTES) response.destroy();
    });
    response.on('close', () => resolve(text));
  });
}

export async function probeWebSocket(target: Target, agent: Agent, instruments: Instruments): Promise<Found> {
  const opened = await within(instruments, (signal) => upgrade(engineUrl(target, 'websocket'), agent, signal));
  return opened === LATE ? found('websocket-silent', { seconds: patience(instruments) }) : opened;
}

function upgrade(url: URL, agent: Agent, signal: AbortSignal): Promise<Found> {
  const socket = new WebSocket(url, { agent, perMessageDeflate: false, maxPayload: PACKET_MOST_BYTES });
  const hangUp = (): void => socket.terminate();
  signal.addEventListener('abort', hangUp, { once: true });
  return new Promise((resolve) => {
    const end = (what: Found): void => {
      resolve(what);
      hangUp();
    };
    socket.on('unexpected-response', (_request, response) =>
      end(found('websocket-stripped', { status: response.statusCode ?? 0 })),
    );
    socket.on('message', (data) => {
      const opens = Buffer.isBuffer(data) && data.toString('utf8').startsWith('0');
      end(opens ? found('websocket-open') : found('websocket-broken', { code: 'not Socket.IO' }));
    });
    socket.on('error', (error) => end(found('websocket-broken', { code: codeOf(error) ?? error.message })));
    socket.on('close', (code) => end(found('websocket-broken', { code: String(code) })));
  });
}
