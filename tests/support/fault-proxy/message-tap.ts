import type { Event } from '../../../contract/events.ts';
import type { EventsMessage } from '../../../contract/protocol.ts';
import { packetOf, readPacket } from './engine-packets.ts';
import type { DeskPacket } from './engine-packets.ts';

/** Told what crosses the wire, before anything is done to it. `session` names one socket. */
export interface TapListener {
  emitted(session: string, epoch: string, events: readonly Event[], bytes: number): void;
  /** A subscription that resumes: events follow from `after` + 1. */
  subscribed(session: string, epoch: string, after: number, head: number): void;
  confirmed(session: string, seq: number): void;
}

/** Changes one message of events on its way: the JSON of what goes on in its place, several or none. */
export type Meddle = (message: EventsMessage) => readonly string[];

/** What becomes of one command on its way. */
export type CommandFate = 'pass' | 'lose' | 'lose-answer' | 'twice';

/** How a tap meddles at the moment. */
export interface TapMeddling {
  readonly events: Meddle | null;
  readonly commands: () => CommandFate;
}

/** Reads along on one Socket.IO connection, and meddles with its events. */
export class MessageTap {
  readonly #listener: TapListener;
  readonly #session: string;
  readonly #meddle: () => Meddle | null;
  /** Where each store's subscription asked to begin, by the id of the answer. */
  readonly #asked = new Map<string, number>();
  readonly #sent = new Set<string>();
  readonly #commands: () => CommandFate;
  /** Commands whose answers are lost on the way, by the id of the answer. */
  readonly #unanswered = new Set<string>();

  constructor(session: string, listener: TapListener, meddling: TapMeddling) {
    this.#session = session;
    this.#listener = listener;
    this.#meddle = () => meddling.events;
    this.#commands = () => meddling.commands();
  }

  /** From the desk. @returns what goes on to the gateway in its place */
  fromDesk(packet: string): readonly string[] {
    const read = readPacket(packet);
    if (read?.kind === 'event' && read.args[0] === 'command') return this.#command(packet, read.ack);
    if (read?.kind === 'event' && read.args[0] === 'subscribe') {
      const { after } = read.args[1] as { after: { seq: number } | null };
      this.#asked.set(read.ack, after?.seq ?? 0);
    } else if (read?.kind === 'ack' && this.#sent.delete(read.ack)) {
      const { seq } = read.args[0] as { seq: number };
      this.#listener.confirmed(this.#session, seq);
    }
    return [packet];
  }

  /** From the gateway. @returns what goes on to the desk in its place */
  fromGateway(packet: string): readonly string[] {
    const read = readPacket(packet);
    if (read?.kind === 'ack' && this.#unanswered.delete(read.ack)) return [];
    if (read?.kind === 'ack') this.#answered(read);
    if (read?.kind !== 'event' || read.args[0] !== 'events') return [packet];
    const message = read.args[1] as EventsMessage;
    this.#sent.add(read.ack);
    this.#listener.emitted(this.#session, message.epoch, message.events as Event[], Buffer.byteLength(packet));
    const meddle = this.#meddle();
    if (!meddle) return [packet];
    return meddle(message).map((json) => packetOf(read, json));
  }

  #command(packet: string, ack: string): readonly string[] {
    switch (this.#commands()) {
      case 'lose':
        return [];
      case 'lose-answer':
        this.#unanswered.add(ack);
        return [packet];
      case 'twice':
        return [packet, packet];
      case 'pass':
        return [packet];
    }
  }

  #answered({ ack, args }: DeskPacket): void {
    const after = this.#asked.get(ack);
    if (after === undefined) return;
    this.#asked.delete(ack);
    const answer = args[0] as { mode?: string; epoch: string; head: number };
    if (answer.mode === 'resumed') this.#listener.subscribed(this.#session, answer.epoch, after, answer.head);
  }
}
