/**
 * Socket.IO's own format, but for events that are in writing already: those are put into their packet as they are, so that
 * a desk that catches up costs the gateway no parsing, no search for binary data and no writing of each event.
 */
import { Decoder, Encoder, PacketType } from 'socket.io-parser';
import type { Packet } from 'socket.io-parser';
import { EventsFrame } from './events-frame.ts';

class DeskEncoder extends Encoder {
  override encode(packet: Packet): ReturnType<Encoder['encode']> {
    const written = packet.type === PacketType.EVENT ? framePacket(packet) : null;
    return written === null ? super.encode(packet) : [written];
  }
}

/** What Socket.IO's `parser` option takes. */
export const deskParser = { Encoder: DeskEncoder, Decoder };

/**
 * Source: the Socket.IO protocol, version 5: type, namespace with a comma, acknowledgement id, the arguments as JSON.
 * @returns null for what is no frame of events
 */
function framePacket({ type, nsp, id, data }: Packet): string | null {
  const sent = data as readonly unknown[];
  const [name, frame] = sent;
  if (sent.length !== 2 || !(frame instanceof EventsFrame)) return null;
  return `${type}${nsp === '/' ? '' : `${nsp},`}${id ?? ''}[${JSON.stringify(name)},${frame.text()}]`;
}
