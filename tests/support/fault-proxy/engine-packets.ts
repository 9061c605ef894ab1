/**
 * As much of Engine.IO 4 and Socket.IO 5 as it takes to read what crosses the wire in the namespace `/desk`.
 * Source: https://socket.io/docs/v4/engine-io-protocol/ and https://socket.io/docs/v4/socket-io-protocol/
 */
import { DESK_NAMESPACE } from '../../../contract/protocol.ts';

/** Packets of one polling body are parted by this character. */
const SEPARATOR = '\x1e';

export function splitBody(body: string): string[] {
  return body === '' ? [] : body.split(SEPARATOR);
}

export function joinBody(packets: readonly string[]): string {
  return packets.join(SEPARATOR);
}

/** A message in the namespace: an event with its arguments (`42`), or the answer to one (`43`). */
export interface DeskPacket {
  readonly kind: 'event' | 'ack';
  /** Parts the answer from others; empty where none is wanted. */
  readonly ack: string;
  readonly args: readonly unknown[];
}

const pattern = new RegExp(`^4([23])${DESK_NAMESPACE},(\\d*)(\\[.*\\])$`, 's');

/** @returns null for every other packet */
export function readPacket(packet: string): DeskPacket | null {
  const [, type, ack = '', json] = pattern.exec(packet) ?? [];
  if (json === undefined) return null;
  return { kind: type === '2' ? 'event' : 'ack', ack, args: JSON.parse(json) as unknown[] };
}

/** The same event with other arguments. @param json of the payload: it may hold what no JSON.stringify would write */
export function packetOf({ kind, ack, args }: DeskPacket, json: string): string {
  return `4${kind === 'event' ? 2 : 3}${DESK_NAMESPACE},${ack}[${JSON.stringify(args[0])},${json}]`;
}

/** The session id of an Engine.IO open packet, null for any other. */
export function openedSession(packet: string): string | null {
  if (!packet.startsWith('0{')) return null;
  const { sid } = JSON.parse(packet.slice(1)) as { sid?: unknown };
  return typeof sid === 'string' ? sid : null;
}
