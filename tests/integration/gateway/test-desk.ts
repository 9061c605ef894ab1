/** A desk as the public interface describes it: pairs, signs, connects, confirms. */
import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Role } from '../../../contract/protocol.ts';
import type { Event } from '../../../contract/events.ts';
import type { Answer, TestGateway } from './test-gateway.ts';
import { PATIENCE } from '../../support/patience.ts';

export interface TestDesk {
  readonly id: string;
  readonly privateKey: KeyObject;
}

export async function pairDesk(gateway: TestGateway, role: Role = 'staff', stores?: string[]): Promise<TestDesk> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const code = await gateway.pairingCode(role, stores);
  const body = { code, name: `Desk ${role}`, publicKey: publicKey.export({ format: 'jwk' }).x };
  const { body: paired } = await gateway.call('POST', '/v1/desks', { body });
  return { id: String(paired['deskId']), privateKey };
}

export async function askTicket(gateway: TestGateway, desk: TestDesk, signer = desk.privateKey): Promise<Answer> {
  const { body } = await gateway.call('POST', '/v1/challenges', { body: { deskId: desk.id } });
  const challenge = String(body['challenge']);
  const message = Buffer.from(`tillwatch-ticket-v1\n${desk.id}\n${challenge}`);
  const signature = sign(null, message, signer).toString('base64url');
  return gateway.call('POST', '/v1/tickets', { body: { deskId: desk.id, challenge, signature } });
}

export async function ticketOf(gateway: TestGateway, desk: TestDesk): Promise<string> {
  return String((await askTicket(gateway, desk)).body['ticket']);
}

export async function sessionOf(gateway: TestGateway, desk: TestDesk): Promise<string> {
  const ticket = await ticketOf(gateway, desk);
  return String((await gateway.call('POST', '/v1/sessions', { body: { ticket } })).body['token']);
}

export interface TestSocket {
  readonly socket: Socket;
  readonly events: Event[];
  readonly notices: Record<string, unknown>[];
  ask(event: string, request: unknown): Promise<Record<string, unknown>>;
  close(): void;
}

/** Resolves when connected. @throws the refusal's `data` as the gateway sent it */
export async function connectDesk(
  gateway: TestGateway,
  auth: object,
  confirm: (seq: number, answer: (confirmation: object) => void) => void = (seq, answer) => answer({ seq }),
): Promise<TestSocket> {
  const socket = io(`${gateway.url}/desk`, { auth, forceNew: true, reconnection: false, transports: ['websocket'] });
  const events: Event[] = [];
  const notices: Record<string, unknown>[] = [];
  socket.on('events', (message: { events: Event[] }, answer: (confirmation: object) => void) => {
    events.push(...message.events);
    confirm(message.events.at(-1)?.seq ?? 0, answer);
  });
  socket.on('notice', (notice: Record<string, unknown>) => notices.push(notice));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error: Error & { data?: object }) => {
      socket.close();
      // What is checked is the data, an object, as the protocol has it.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(error.data ?? error);
    });
  });
  return {
    socket,
    events,
    notices,
    ask: (event, request) =>
      socket.timeout(PATIENCE.timeout).emitWithAck(event, request) as Promise<Record<string, unknown>>,
    close: () => void socket.close(),
  };
}

export async function openDesk(gateway: TestGateway, desk: TestDesk): Promise<TestSocket> {
  return connectDesk(gateway, { ticket: await ticketOf(gateway, desk), protocol: 1, deskVersion: 'test' });
}
