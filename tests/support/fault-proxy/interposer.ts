/**
 * An HTTP and Socket.IO aware man in the middle: answers in the gateway's place, strips upgrades, reads along on every
 * socket and meddles with events. It speaks for the gateway on a port of its own, whichever port that has at the moment.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { joinBody, openedSession, splitBody } from './engine-packets.ts';
import { answerWith } from './http-answers.ts';
import type { ForeignAnswer } from './http-answers.ts';
import { MessageTap } from './message-tap.ts';
import type { CommandFate, Meddle, TapListener } from './message-tap.ts';
import { forward } from './forward.ts';
import { bridge } from './socket-bridge.ts';

export interface Meddling {
  /** The gateway's port; null while there is none, and connections are reset. */
  gateway: number | null;
  /** Answers a request in the gateway's place, null to let it pass. */
  answer: (path: string) => ForeignAnswer | null;
  upgrade: 'pass' | 'refuse' | 'hang' | 'strip';
  events: Meddle | null;
  /** Asked for every command that goes by on a socket. */
  commands: () => CommandFate;
  /** Sees the gateway's answer to a REST call before the desk does, and may hold it back. */
  answered: ((path: string, status: number, body: string) => Promise<void>) | null;
}

export interface Interposer {
  readonly port: number;
  readonly meddling: Meddling;
  close(): Promise<void>;
}

const ENGINE_PATH = '/socket.io/';
/** An empty body is none to Engine.IO, so a message lost on the way leaves a packet that says nothing. */
const SAYS_NOTHING = '6';

export async function startInterposer(listener: TapListener): Promise<Interposer> {
  const meddling: Meddling = {
    ...{ gateway: null, answer: () => null, upgrade: 'pass', events: null, answered: null },
    commands: () => 'pass',
  };
  const taps = new Map<string, MessageTap>();
  const tapOf = (session: string): MessageTap => {
    const tap = taps.get(session) ?? new MessageTap(session, listener, meddling);
    taps.set(session, tap);
    return tap;
  };
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => void relay(request, response, meddling, tapOf));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    const answer = meddling.answer(request.url ?? '');
    if (meddling.upgrade === 'hang') return;
    if (meddling.upgrade !== 'pass' || answer || meddling.gateway === null) refuse(socket, answer?.status ?? 400);
    else {
      const { gateway } = meddling;
      const isAlive = (): boolean => meddling.gateway === gateway;
      bridge({ request, socket, head, webSockets, gateway, isAlive, tap: tapOf(sessionOf(request)) });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    meddling,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused on the way\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function sessionOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://gateway').searchParams.get('sid') ?? '';
}

async function relay(
  request: IncomingMessage,
  response: ServerResponse,
  meddling: Meddling,
  tapOf: (session: string) => MessageTap,
): Promise<void> {
  const path = request.url ?? '/';
  const foreign = meddling.answer(path);
  if (foreign) {
    request.resume();
    answerWith(response, foreign);
    return;
  }
  const engine = path.startsWith(ENGINE_PATH);
  const session = sessionOf(request);
  const { gateway } = meddling;
  const answer = await forward(request, response, gateway, (body) => {
    if (!engine || session === '') return body;
    const onward = joinBody(splitBody(body).flatMap((packet) => tapOf(session).fromDesk(packet)));
    return onward === '' && body !== '' ? SAYS_NOTHING : onward;
  });
  if (!answer) return;
  if (meddling.gateway !== gateway) {
    // It was killed meanwhile: it may take a moment to end, and says nothing any more.
    request.socket.destroy();
    return;
  }
  const { status, headers, body } = answer;
  if (!engine) await meddling.answered?.(path, status, body);
  const changed = engine && status === 200 && request.method === 'GET' ? fromGateway(body, session, tapOf) : body;
  if (changed === '' && body !== '') {
    answerWith(response, { status, headers, body: SAYS_NOTHING });
    return;
  }
  if (!response.destroyed) answerWith(response, { status, headers, body: changed });
}

function fromGateway(body: string, session: string, tapOf: (session: string) => MessageTap): string {
  const packets = splitBody(body);
  const id = session === '' ? openedSession(packets[0] ?? '') : session;
  return id === null ? body : joinBody(packets.flatMap((packet) => tapOf(id).fromGateway(packet)));
}
