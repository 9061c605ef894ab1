/**
 * A desk written from the gateway's public interface alone, run as a process of its own: it imports nothing of
 * Tillwatch. It pairs with a code, keeps one subscription through every break, and prints each event it is sent as one
 * JSON line. Usage: `node client.ts GATEWAY_URL PAIRING_CODE STORE`
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

interface Position {
  epoch: string;
  seq: number;
  id?: string;
}
interface EventsMessage {
  store: string;
  epoch: string;
  events: { seq: number; id: string; order: string | null; kind: string }[];
}

const [, , gateway = '', code = '', store = ''] = process.argv;
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function post(path: string, body: object): Promise<Record<string, string>> {
  const response = await fetch(`${gateway}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, string>;
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

async function pair(): Promise<{ deskId: string; privateKey: KeyObject }> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'jwk' }).x;
  const { deskId = '' } = await post('/v1/desks', { code, name: 'Black box', publicKey: raw });
  return { deskId, privateKey };
}

async function ticket(deskId: string, privateKey: KeyObject): Promise<string> {
  const { challenge = '' } = await post('/v1/challenges', { deskId });
  const message = Buffer.from(`tillwatch-ticket-v1\n${deskId}\n${challenge}`);
  const signature = sign(null, message, privateKey).toString('base64url');
  return (await post('/v1/tickets', { deskId, challenge, signature })).ticket ?? '';
}

/** One connection from the position reached so far; resolves when it has ended. */
async function connect(fresh: string, position: Position | null): Promise<Position | null> {
  let at = position;
  const socket: Socket = io(`${gateway}/desk`, {
    auth: { ticket: fresh, protocol: 1, deskVersion: 'black-box' },
    forceNew: true,
    reconnection: false,
  });
  socket.on('events', (message: EventsMessage, confirm: (answer: { seq: number }) => void) => {
    for (const event of message.events) {
      say({ event });
      at = { epoch: message.epoch, seq: event.seq, id: event.id };
    }
    confirm({ seq: at?.seq ?? 0 });
  });
  socket.on('connect', () => {
    socket.emit('subscribe', { store, after: at }, (answer: object) => {
      say({ subscribed: answer, after: at });
    });
  });
  await new Promise<void>((resolve) => {
    socket.once('disconnect', () => {
      resolve();
    });
    socket.once('connect_error', (error) => {
      say({ refused: error.message });
      resolve();
    });
  });
  socket.close();
  return at;
}

const desk = await pair();
say({ paired: desk.deskId });
let position: Position | null = null;
for (;;) {
  try {
    position = await connect(await ticket(desk.deskId, desk.privateKey), position);
  } catch (error) {
    say({ unreachable: String(error) });
  }
  // A pause before the next try, as any client of a network makes one.
  await new Promise((resolve) => setTimeout(resolve, 100));
}
