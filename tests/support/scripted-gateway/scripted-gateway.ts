/**
 * A gateway that speaks the protocol exactly as far as a test lets it: it keeps a log per store in memory, and can
 * refuse, duplicate, reorder, drop, poison, begin a new epoch and hang, which a good gateway cannot be made to do.
 */
import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import type { Event } from '../../../contract/events.ts';
import { foldAll } from '../../../contract/fold.ts';
import type { Order } from '../../../contract/order.ts';
import { DESK_NAMESPACE, ticketMessage } from '../../../contract/protocol.ts';
import type { Command, ConnectRefusal, Position, SnapshotReason, Subscribe } from '../../../contract/protocol.ts';

import { commandStatus, giveCommand } from './commands.ts';
import type { CommandScript } from './commands.ts';
import { healthOf } from './health.ts';
import { answerPoll } from './long-poll.ts';

/** What a test may change at any time; `null` and empty mean: as a good gateway does it. */
export interface Script {
  /** Refuses sockets so. */
  refuse: ConnectRefusal | null;
  /** Answers matching REST paths so, instead of properly. */
  answer: { path: RegExp; status: number; body: string; headers?: Record<string, string>; times: number }[];
  /** Requests on the socket that are never answered. */
  silent: Set<string>;
  /** Changes what is emitted for one event: nothing, twice, something else. */
  emit: (event: Event) => unknown[];
  /** Sockets are neither let in nor refused. */
  hangSockets: boolean;
  /** Socket.IO is refused before it begins, as a network does that knows only plain requests. */
  blockSockets: boolean;
  /** REST paths that are never answered. */
  hang: RegExp | null;
  /** What becomes of a command: carried out and answered, lost before it arrives, or carried out with its answer lost. */
  commands: CommandScript;
}

export interface ScriptedGateway {
  readonly url: string;
  readonly script: Script;
  /** What desks did, in order: `ticket`, `connect`, `subscribe 5`, `confirm 7`, `snapshot`. */
  readonly seen: string[];
  readonly code: string;
  readonly epoch: string;
  /** The fold of the log, which a desk has to show. */
  orders(): Map<string, Order>;
  append(...drafts: Draft[]): Event[];
  /** Emits as it is, past the log and the script. */
  emitRaw(message: object): void;
  /** As a restore does it: what the log holds keeps the epoch it was appended in. */
  newEpoch(): void;
  /** Takes the log back to `keep` events under its epoch and goes on otherwise, while no desk is connected. */
  rewrite(keep: number, ...drafts: Draft[]): void;
  notify(notice: object): void;
  /** Ends every socket without a word. */
  cut(): void;
  sockets(): number;
  close(): Promise<void>;
}

export type Draft = Pick<Event, 'order' | 'kind' | 'data'>;

interface State {
  readonly script: Script;
  readonly seen: string[];
  readonly keys: Map<string, string>;
  readonly challenges: Map<string, string>;
  readonly tickets: Map<string, string>;
  readonly sockets: Map<Socket, boolean>;
  epoch: string;
  log: Event[];
}

const CODE = 'GOOD-CODE';
const PER_MESSAGE = 50;

/** @param tls speaks https with these instead of http */
export async function startScriptedGateway(tls?: { cert: string; key: string }): Promise<ScriptedGateway> {
  const state = newState();
  const { script } = state;
  const listener = (request: IncomingMessage, response: ServerResponse): void => void answer(state, request, response);
  const http = tls ? createSecureServer(tls, listener) : createServer(listener);
  const io = new Server(http, {
    pingInterval: 10_000,
    pingTimeout: 5_000,
    perMessageDeflate: false,
    allowRequest: (_request, allow) => allow(null, !script.blockSockets),
  });
  attach(state, io);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    url,
    script,
    seen: state.seen,
    code: CODE,
    get epoch() {
      return state.epoch;
    },
    orders: () => foldAll(new Map(), state.log),
    append: (...drafts) => append(state, drafts),
    emitRaw: (message) => eachSubscribed(state, (socket) => socket.emit('events', message, () => undefined)),
    newEpoch: () => {
      state.epoch = randomUUID();
    },
    rewrite: (keep, ...drafts) => {
      state.log = state.log.slice(0, keep);
      append(state, drafts);
    },
    notify: (notice) => eachSocket(state, (socket) => socket.emit('notice', notice)),
    cut: () => eachSocket(state, (socket) => socket.conn.close()),
    sockets: () => state.sockets.size,
    close: () => close(http, io),
  };
}

function newState(): State {
  const script: Script = {
    refuse: null,
    answer: [],
    silent: new Set(),
    emit: (event) => [event],
    hang: null,
    hangSockets: false,
    blockSockets: false,
    commands: {
      fate: () => 'answer',
      carriedOut: new Map(),
      answer: (id) => ({ ok: true, state: 'done', seq: id.length }),
    },
  };
  return {
    script,
    seen: [],
    keys: new Map(),
    challenges: new Map(),
    tickets: new Map(),
    sockets: new Map(),
    epoch: randomUUID(),
    log: [],
  };
}

function append(state: State, drafts: readonly Draft[]): Event[] {
  const now = Date.now();
  const added = drafts.map((draft, n): Event => {
    const seq = state.log.length + n + 1;
    const at = { occurred: null, sent: null, received: now };
    return { seq, id: randomUUID(), epoch: state.epoch, store: 'main', source: 'shop', at, ...draft };
  });
  state.log.push(...added);
  eachSubscribed(state, (socket) => send(state, socket, added.flatMap(state.script.emit)));
  return added;
}

function send(state: State, socket: Socket, events: readonly unknown[]): void {
  for (let from = 0; from < events.length; from += PER_MESSAGE) {
    const message = { store: 'main', epoch: state.epoch, emittedAt: Date.now() };
    const some = events.slice(from, from + PER_MESSAGE);
    socket.emit('events', { ...message, events: some }, ({ seq }: { seq: number }) =>
      state.seen.push(`confirm ${seq}`),
    );
  }
}

function eachSocket(state: State, act: (socket: Socket) => void): void {
  for (const socket of [...state.sockets.keys()]) act(socket);
}

function eachSubscribed(state: State, act: (socket: Socket) => void): void {
  for (const [socket, subscribed] of [...state.sockets]) if (subscribed) act(socket);
}

function attach(state: State, io: Server): void {
  const { script, seen } = state;
  io.of(DESK_NAMESPACE).use((socket, next) => {
    if (script.hangSockets) return;
    const ticket = String(socket.handshake.auth['ticket']);
    const known = state.tickets.delete(ticket);
    const data = script.refuse ?? (known ? null : { code: 'ticket-used' });
    seen.push(data ? `refused ${data.code}` : 'connect');
    next(data ? Object.assign(new Error(data.code), { data }) : undefined);
  });
  io.of(DESK_NAMESPACE).on('connection', (socket) => {
    state.sockets.set(socket, false);
    socket.on('disconnect', () => state.sockets.delete(socket));
    socket.on('subscribe', (request: Subscribe, ack: (answer: object) => void) => {
      if (!script.silent.has('subscribe')) subscribe(state, socket, request, ack);
    });
    socket.on('command', (command: Command, ack: (answer: object) => void) => {
      const answer = giveCommand(script.commands, seen, command);
      if (answer) ack(answer);
      else socket.conn.close();
    });
    socket.on('command-status', ({ id }: { id: string }, ack: (answer: object) => void) => {
      ack(commandStatus(script.commands, seen, id));
    });
    socket.on('health', (_request: object, ack: (answer: object) => void) => {
      seen.push('health');
      if (!script.silent.has('health')) ack({ ok: true, ...healthOf(state) });
    });
  });
}

function subscribe(state: State, socket: Socket, { after }: Subscribe, ack: (answer: object) => void): void {
  const { epoch, log, seen } = state;
  seen.push(`subscribe ${after?.seq ?? 'null'}`);
  const reason = after ? obstacle(state, after) : null;
  if (reason) {
    state.sockets.set(socket, false);
    ack({ ok: true, epoch, head: log.length, mode: 'snapshot', reason });
    return;
  }
  ack({ ok: true, epoch, head: log.length, mode: 'resumed' });
  for (const [other, subscribed] of [...state.sockets]) {
    if (other === socket || !subscribed) continue;
    other.emit('notice', { kind: 'superseded' });
    other.disconnect(true);
  }
  state.sockets.set(socket, true);
  send(state, socket, log.slice(after?.seq ?? 0).flatMap(state.script.emit));
}

function obstacle({ epoch, log }: State, after: Position): SnapshotReason | null {
  if (after.epoch !== epoch) return 'epoch-changed';
  if (after.seq > log.length) return 'ahead';
  return after.id !== undefined && log[after.seq - 1]?.id !== after.id ? 'diverged' : null;
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { script } = state;
  const path = request.url ?? '/';
  if (path.startsWith('/socket.io')) return;
  if (script.hang?.test(path)) return;
  const scripted = script.answer.find((each) => each.path.test(path) && each.times > 0);
  if (scripted) {
    scripted.times -= 1;
    response.writeHead(scripted.status, { 'content-type': 'application/json', ...scripted.headers }).end(scripted.body);
    return;
  }
  const sent = await read(request);
  const polled = await answerPoll(state, request.method ?? 'GET', path, sent);
  const { status, body } = polled ?? reply(state, path, sent as Record<string, string>);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function reply(state: State, path: string, body: Record<string, string>): { status: number; body: object } {
  const expiresAt = Date.now() + 30_000;
  switch (path) {
    case '/healthz':
      return { status: 200, body: { ok: true, version: 'scripted' } };
    case '/v1/desks':
      return body['code'] === CODE ? paired(state, body['publicKey'] ?? '') : refused(401, 'bad-code');
    case '/v1/challenges': {
      const challenge = randomUUID();
      state.challenges.set(challenge, body['deskId'] ?? '');
      return { status: 200, body: { challenge, expiresAt } };
    }
    case '/v1/tickets':
      return ticket(state, body, expiresAt);
    case '/v1/sessions':
      return state.tickets.delete(body['ticket'] ?? '')
        ? { status: 200, body: { token: 'session', expiresAt } }
        : refused(401, 'ticket-used');
    default:
      return stored(state, path);
  }
}

function paired(state: State, publicKey: string): { status: number; body: object } {
  const deskId = randomUUID();
  state.keys.set(deskId, publicKey);
  return { status: 200, body: { deskId, role: 'support', stores: [{ id: 'main', name: 'Main street' }] } };
}

function ticket(state: State, body: Record<string, string>, expiresAt: number): { status: number; body: object } {
  const { deskId = '', challenge = '', signature = '' } = body;
  const x = state.keys.get(deskId);
  if (!x || !state.challenges.delete(challenge)) return refused(401, 'bad-signature');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const message = Buffer.from(ticketMessage(deskId, challenge));
  if (!verify(null, message, key, Buffer.from(signature, 'base64url'))) return refused(401, 'bad-signature');
  const ticket = randomUUID();
  state.tickets.set(ticket, deskId);
  state.seen.push('ticket');
  return { status: 200, body: { ticket, expiresAt } };
}

function stored(state: State, path: string): { status: number; body: object } {
  const url = new URL(path, 'http://gateway');
  const orders = foldAll(new Map(), state.log);
  if (url.pathname.endsWith('/snapshot')) {
    state.seen.push('snapshot');
    const store = { id: 'main', name: 'Main street', currency: 'USD', timeZone: 'UTC' };
    const { epoch, log } = state;
    const ends = { epoch, seq: log.length, lastId: log.at(-1)?.id };
    return { status: 200, body: { store, ...ends, at: Date.now(), sources: [], orders: [...orders.values()] } };
  }
  const id = /\/orders\/([^/]+)$/.exec(url.pathname)?.[1] ?? '';
  const order = orders.get(decodeURIComponent(id));
  if (!order) return refused(404, 'unknown-order');
  return { status: 200, body: { order, events: state.log.filter((event) => event.order === order.id) } };
}

function refused(status: number, code: string): { status: number; body: object } {
  return { status, body: { error: { code, message: `scripted: ${code}` } } };
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

async function close(http: HttpServer, io: Server): Promise<void> {
  http.closeAllConnections();
  await io.close();
}
