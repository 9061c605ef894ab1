/** A desk's side of the public interface, step by step, so that a test can take any step wrongly. */
import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { call } from './http.ts';
import type { Answer, Json } from './http.ts';
import { PATIENCE } from '../../support/patience.ts';

export interface Desk {
  readonly url: string;
  readonly deskId: string;
  readonly privateKey: KeyObject;
}

export function keyPair(): { publicKey: string; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKey };
}

export async function pairDesk(url: string, code: string, name = 'Front counter'): Promise<Desk> {
  const { publicKey, privateKey } = keyPair();
  const paired = await call(url, '/v1/desks', { body: { code, name, publicKey } });
  if (paired.status >= 300) throw new Error(`pairing was answered with ${paired.status}: ${paired.text}`);
  return { url, deskId: String(paired.body.deskId), privateKey };
}

export async function challenge(desk: Desk): Promise<string> {
  return String((await call(desk.url, '/v1/challenges', { body: { deskId: desk.deskId } })).body.challenge);
}

export function signed(desk: Desk, text: string, key = desk.privateKey): string {
  return sign(null, Buffer.from(`tillwatch-ticket-v1\n${desk.deskId}\n${text}`), key).toString('base64url');
}

export async function askTicket(desk: Desk): Promise<Answer> {
  const text = await challenge(desk);
  return call(desk.url, '/v1/tickets', {
    body: { deskId: desk.deskId, challenge: text, signature: signed(desk, text) },
  });
}

export async function ticket(desk: Desk): Promise<string> {
  const answer = await askTicket(desk);
  if (answer.status >= 300) throw new Error(`the ticket was answered with ${answer.status}: ${answer.text}`);
  return String(answer.body.ticket);
}

/** A session's token, as the header that carries it. */
export async function session(desk: Desk): Promise<Record<string, string>> {
  const { body } = await call(desk.url, '/v1/sessions', { body: { ticket: await ticket(desk) } });
  return { authorization: `Bearer ${String(body.token)}` };
}

export interface Connection {
  readonly socket: Socket;
  /** Every `notice`, in order of arrival. */
  readonly notices: Json[];
  /** Every `events` message, in order of arrival. */
  readonly messages: EventsMessage[];
  /** Why it ended, '' while it lives. */
  ended(): string;
  ask(event: string, ...payload: unknown[]): Promise<Json>;
}

export interface SeenEvent extends Json {
  seq: number;
  id: string;
  epoch: string;
  kind: string;
  order: string | null;
}

export interface EventsMessage {
  readonly store: string;
  readonly epoch: string;
  readonly emittedAt: number;
  readonly events: SeenEvent[];
}

/** Opens a socket; rejects with the refusal's data. `confirm: false` never confirms an `events` message. */
export async function connect(url: string, auth: Json, options: { confirm?: boolean } = {}): Promise<Connection> {
  const socket = io(`${url}/desk`, { auth, forceNew: true, reconnection: false, transports: ['websocket'] });
  const notices: Json[] = [];
  const messages: EventsMessage[] = [];
  let ended = '';
  socket.on('notice', (notice: Json) => notices.push(notice));
  socket.on('disconnect', (reason) => (ended = reason));
  socket.on('events', (message: EventsMessage, confirm: (answer: { seq: number }) => void) => {
    messages.push(message);
    if (options.confirm !== false) confirm({ seq: message.events.at(-1)?.seq ?? 0 });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error: Error & { data?: unknown }) => {
      socket.close();
      reject(new Refused(error.message, error.data));
    });
  });
  const ask = async (event: string, ...payload: unknown[]): Promise<Json> =>
    (await socket.timeout(PATIENCE.timeout).emitWithAck(event, ...payload)) as Json;
  return { socket, notices, messages, ended: () => ended, ask };
}

/** A `connect_error`, with the data the gateway gave it. */
export class Refused extends Error {
  readonly data: unknown;
  constructor(message: string, data: unknown) {
    super(message);
    this.data = data;
  }
}

/** The refusal's data of a connection that must not come about. */
export async function refusal(url: string, auth: Json): Promise<unknown> {
  try {
    (await connect(url, auth)).socket.close();
  } catch (error) {
    if (error instanceof Refused) return error.data;
    throw error;
  }
  throw new Error('the connection was accepted');
}

export async function online(desk: Desk, options: { confirm?: boolean } = {}): Promise<Connection> {
  return connect(desk.url, { ticket: await ticket(desk), protocol: 1, deskVersion: 'black-box' }, options);
}
