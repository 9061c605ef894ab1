import type { Agent } from 'node:http';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { z } from 'zod';
import { DESK_NAMESPACE, PROTOCOL_VERSION, connectRefusalSchema, failedAckSchema } from '../../../contract/protocol.ts';
import type { confirmationSchema } from '../../../contract/protocol.ts';
import type { TimePort } from '../desk.ts';
import { failed, networkFailure } from './failure.ts';
import type { Failure, Outcome } from './failure.ts';
import type { OpenTransport, Transport, TransportListener, TransportTarget } from './transport.ts';

/**
 * Socket.IO, one socket an attempt. Polling comes first: that connects through stripped, refused and hanging upgrades,
 * WebSocket first does not. Its own reconnection is off, because our policy retries [CN3].
 */
export function socketIoTransport(agent: Agent, time: TimePort): OpenTransport {
  return (target, listener) => new SocketIoTransport(connect(target, agent), time, listener);
}

function connect({ gateway, ticket, deskVersion, connectTimeoutMs }: TransportTarget, agent: Agent): Socket {
  const { origin, pathname } = new URL(gateway);
  return io(origin + DESK_NAMESPACE, {
    path: `${pathname.replace(/\/$/, '')}/socket.io`,
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    transports: ['polling', 'websocket'],
    timeout: connectTimeoutMs,
    auth: { ticket, protocol: PROTOCOL_VERSION, deskVersion },
    perMessageDeflate: { threshold: Number.MAX_SAFE_INTEGER },
    // engine.io-client hands it on to Node's http and to ws, which take an Agent; its types know browsers only.
    agent: agent as unknown as string,
  });
}

type Confirmation = z.infer<typeof confirmationSchema>;

class SocketIoTransport implements Transport {
  readonly #socket: Socket;
  readonly #time: TimePort;
  readonly #listener: TransportListener;
  /** Requests without an answer; the end of the socket is one. */
  readonly #waiting = new Set<(outcome: Outcome<unknown>) => void>();
  #ended = false;

  constructor(socket: Socket, time: TimePort, listener: TransportListener) {
    this.#socket = socket;
    this.#time = time;
    this.#listener = listener;
    this.#listen();
    socket.connect();
  }

  get name(): 'websocket' | 'polling' {
    return this.#socket.io.engine?.transport?.name === 'websocket' ? 'websocket' : 'polling';
  }

  request(event: string, payload: object, timeoutMs: number): Promise<Outcome<unknown>> {
    return new Promise((resolve) => {
      const settle = (outcome: Outcome<unknown>): void => {
        cancel();
        this.#waiting.delete(settle);
        resolve(outcome);
      };
      const cancel = this.#time.after(timeoutMs, () => settle(failed({ kind: 'timeout', what: event })));
      this.#waiting.add(settle);
      if (this.#ended) settle(ENDED);
      else this.#socket.emit(event, payload, (answer: unknown) => settle(answered(answer)));
    });
  }

  async close(): Promise<void> {
    this.#ended = true;
    for (const settle of [...this.#waiting]) settle(ENDED);
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
    // A socket that never connected leaves its engine open on disconnect.
    const engine = this.#socket.io.engine?.close();
    if (engine && engine.readyState !== 'closed')
      await new Promise<void>((resolve) => engine.once('close', () => resolve()));
  }

  #listen(): void {
    const listener = this.#listener;
    this.#socket.on('connect', () => {
      this.#socket.io.engine.on('upgrade', () => this.#ended || listener.renamed());
      this.#socket.io.engine.on('packet', () => this.#ended || listener.heard());
      listener.connected();
    });
    this.#socket.on('connect_error', (error) => this.#fail(connectFailure(error)));
    this.#socket.on('disconnect', (reason) => this.#fail({ kind: 'disconnected', reason }));
    this.#socket.on('notice', (notice: unknown) => listener.notice(notice));
    this.#socket.on('events', (message: unknown, confirm?: (confirmation: Confirmation) => void) => {
      listener.events(message, (seq) => {
        if (!this.#ended) confirm?.({ seq });
      });
    });
  }

  #fail(failure: Failure): void {
    if (this.#ended) return;
    void this.close();
    this.#listener.failed(failure);
  }
}

const ENDED = failed({ kind: 'disconnected', reason: 'ended' });

function answered(answer: unknown): Outcome<unknown> {
  const refusal = failedAckSchema.safeParse(answer);
  return refusal.success ? failed({ kind: 'ack', ...refusal.data.error }) : { ok: true, value: answer };
}

/**
 * Why a socket did not come to be: the gateway's refusal travels in `data`; an HTTP status in `description` with the
 * request in `context`. Source: socket.io-client 4.8 and engine.io-client 6.6, TransportError.
 */
export function connectFailure(error: Error): Failure {
  const { data, description, context } = error as { data?: unknown; description?: unknown; context?: unknown };
  const refusal = connectRefusalSchema.safeParse(data);
  if (refusal.success) {
    const { code, retryAfterMs, supported } = refusal.data;
    const detail = supported && `The gateway speaks ${supported.join(', ')}, this desk ${PROTOCOL_VERSION}.`;
    return { kind: 'refusal', code, retryAfterMs: retryAfterMs ?? null, ...(detail === undefined ? {} : { detail }) };
  }
  if (typeof description === 'number' && description >= 100) {
    return { kind: 'answer', status: description, error: null, retryAfterMs: null };
  }
  if (error.message === 'timeout') return { kind: 'timeout', what: 'socket' };
  if (error.message === 'server error') return { kind: 'unreadable', html: true, what: 'not Socket.IO' };
  // The XMLHttpRequest stand-in for Node keeps the network's error as its status text.
  const cause = typeof context === 'object' && context !== null && 'statusText' in context ? context.statusText : null;
  return networkFailure(cause);
}
