import { WebSocket } from 'ws';
import { z } from 'zod';
import { NodeFailure } from '../follow/node-failure.ts';
import { answeredWithError } from './rpc.ts';
import type { Rpc } from './rpc.ts';

/** Blocks of busy chains with full transactions stay well below. */
const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

const frameSchema = z.object({
  id: z.number().nullish(),
  result: z.unknown().optional(),
  error: z.object({ code: z.unknown().optional() }).nullish(),
  method: z.string().optional(),
  params: z.object({ subscription: z.string(), result: z.unknown().optional() }).optional(),
});

interface Waiting {
  readonly method: string;
  resolve(result: unknown): void;
  reject(failure: NodeFailure): void;
}

/**
 * A connection that knows when it is dead: it pings, and one ping without an answer ends it.
 * @param timeoutMs for each request, for the handshake, and between pings
 */
export class WsRpc implements Rpc {
  readonly host: string;
  readonly #socket: WebSocket;
  readonly #timeoutMs: number;
  readonly #opened: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #subscriptions = new Map<string, (result: unknown) => void>();
  readonly #heartbeat: NodeJS.Timeout;
  #onLost: () => void = () => undefined;
  #lastId = 0;
  #alive = true;
  #lost: NodeFailure | undefined;

  constructor(url: string, timeoutMs: number) {
    this.host = new URL(url).host;
    this.#timeoutMs = timeoutMs;
    this.#socket = new WebSocket(url, {
      handshakeTimeout: timeoutMs,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    this.#opened = new Promise((resolve, reject) => {
      this.#socket.once('open', resolve);
      this.#socket.once('close', () => reject(this.#lost ?? new NodeFailure('cannot be reached')));
    });
    this.#opened.catch(() => undefined);
    this.#socket.on('message', (data: Buffer) => this.#receive(data.toString()));
    this.#socket.on('pong', () => (this.#alive = true));
    this.#socket.on('error', () => this.#lose('cannot be reached'));
    this.#socket.on('close', () => this.#lose('closed the connection'));
    this.#heartbeat = setInterval(() => this.#beat(), timeoutMs);
  }

  readonly notifications = {
    subscribe: async (params: readonly unknown[], onResult: (result: unknown) => void): Promise<void> => {
      const id = await this.#send('eth_subscribe', params, (result) => {
        // Registered while its answer is read, because the first notice may follow in the same packet.
        if (typeof result === 'string') this.#subscriptions.set(result, onResult);
      });
      if (typeof id !== 'string') throw new NodeFailure('answered eth_subscribe without an id', true);
    },
    onLost: (listener: () => void): void => {
      this.#onLost = listener;
      if (this.#lost) listener();
    },
  };

  request(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.#send(method, params, () => undefined);
  }

  async close(): Promise<void> {
    this.#onLost = () => undefined;
    this.#lose('the connection was closed');
  }

  async #send(method: string, params: readonly unknown[], onAnswer: (result: unknown) => void): Promise<unknown> {
    await this.#opened;
    if (this.#lost) throw this.#lost;
    const id = (this.#lastId += 1);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const late = new NodeFailure(`did not answer within ${this.#timeoutMs / 1000} s`);
        timer = setTimeout(() => reject(late), this.#timeoutMs);
        const answered = (result: unknown): void => {
          onAnswer(result);
          resolve(result);
        };
        this.#waiting.set(id, { method, resolve: answered, reject });
        this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      });
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  #receive(text: string): void {
    const frame = frameSchema.safeParse(parsed(text));
    if (!frame.success) {
      this.#lose('sent what is not JSON-RPC');
      return;
    }
    const { id, error, result, params } = frame.data;
    if (params) this.#subscriptions.get(params.subscription)?.(params.result);
    const waiting = typeof id === 'number' ? this.#waiting.get(id) : undefined;
    if (error) waiting?.reject(answeredWithError(error.code, waiting.method));
    else waiting?.resolve(result);
  }

  #beat(): void {
    if (!this.#alive) this.#lose('stopped answering');
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#alive = false;
    this.#socket.ping();
  }

  #lose(why: string): void {
    if (this.#lost) return;
    this.#lost = new NodeFailure(why);
    clearInterval(this.#heartbeat);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#lost);
    this.#socket.terminate();
    this.#onLost();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
