import { Encoder, PacketType } from 'socket.io-parser';
import type { Packet } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../contract/events.ts';
import { deskParser } from '../../../../gateway/delivery/desk/desk-parser.ts';
import { EventsFrame } from '../../../../gateway/delivery/desk/events-frame.ts';
import { StoredEvent } from '../../../../gateway/store/stored-event.ts';

const stored = (seq: number): StoredEvent =>
  new StoredEvent(seq, JSON.stringify({ seq, kind: 'note.added', data: { text: '" \u2028 € 收银 </script>' } }));
const frame = (count: number): EventsFrame =>
  new EventsFrame({
    ...{ store: 'main', epoch: 'e"1', emittedAt: 17 },
    events: Array.from({ length: count }, (_, n) => stored(n + 1)),
  });
const packet = (data: unknown, more: Partial<Packet> = {}): Packet => ({
  ...{ type: PacketType.EVENT, nsp: '/desk', data },
  ...more,
});

describe('what the gateway writes to a desk', () => {
  it.each([0, 1, 200])('is, with %d events, what Socket.IO itself would write', (count) => {
    for (const more of [{ id: 12 }, { id: 0 }, {}, { nsp: '/' }]) {
      const sent = packet(['events', frame(count)], more);
      const plain = packet(['events', frame(count).toJSON()], more);
      expect(new deskParser.Encoder().encode(sent)).toEqual(new Encoder().encode(plain));
    }
  });

  it.each([
    ['another message', packet(['notice', { kind: 'revoked' }])],
    ['an acknowledgement', packet([{ ok: true }], { type: PacketType.ACK, id: 3 })],
    ['a refusal', packet({ message: 'no', data: { code: 'revoked' } }, { type: PacketType.CONNECT_ERROR })],
    ['a connection', packet(undefined, { type: PacketType.CONNECT })],
  ])('is Socket.IO’s own for %s', (_what, sent) => {
    expect(new deskParser.Encoder().encode(sent)).toEqual(new Encoder().encode(sent));
  });

  it('reads an event only where somebody looks into it, and hands on what is at hand', () => {
    const event = { seq: 1 } as Event;
    expect(new StoredEvent(1, 'no JSON', event).event).toBe(event);
    expect(new StoredEvent(2, '{"seq":2}').event).toEqual({ seq: 2 });
    expect(stored(1).bytes).toBe(Buffer.byteLength(stored(1).json));
  });
});
