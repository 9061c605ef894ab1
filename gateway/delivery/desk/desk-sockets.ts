/** Every desk's sockets: at most two each, for at most 30 s; the newer takes over from the older [CN8]. */
import type { Notice } from '../../../contract/protocol.ts';
import type { DeskSocket } from './desk-socket.ts';

export const TWO_SOCKETS_MS = 30_000;

export class DeskSockets {
  readonly #byDesk = new Map<string, DeskSocket[]>();
  readonly #timers = new Map<DeskSocket, NodeJS.Timeout>();
  readonly #overlapMs: number;

  constructor(overlapMs: number = TWO_SOCKETS_MS) {
    this.#overlapMs = overlapMs;
  }

  get size(): number {
    return [...this.#byDesk.values()].reduce((sum, { length }) => sum + length, 0);
  }

  add(socket: DeskSocket): void {
    const older = this.#byDesk.get(socket.desk.id) ?? [];
    this.#byDesk.set(socket.desk.id, [...older, socket]);
    for (const surplus of older.slice(0, -1)) this.#supersede(surplus);
    const previous = older.at(-1);
    if (!previous) return;
    const timer = setTimeout(() => this.#supersede(previous), this.#overlapMs);
    this.#timers.set(previous, timer.unref());
  }

  remove(socket: DeskSocket): void {
    this.#disarm(socket);
    const left = (this.#byDesk.get(socket.desk.id) ?? []).filter((each) => each !== socket);
    const [newest] = left.slice(-1);
    if (newest) this.#byDesk.set(socket.desk.id, left);
    else this.#byDesk.delete(socket.desk.id);
    // The one that was to take over has gone without doing so: the one before it serves the desk as before.
    if (newest) this.#disarm(newest);
  }

  /** A socket has taken over its desk: those before it are told and closed. */
  takesOver(socket: DeskSocket): void {
    const all = this.#byDesk.get(socket.desk.id) ?? [];
    for (const older of all.slice(0, all.indexOf(socket))) this.#supersede(older);
  }

  desks(): string[] {
    return [...this.#byDesk.keys()];
  }

  /** Ends every socket of a desk. */
  end(desk: string, notice: Notice): void {
    for (const socket of this.#byDesk.get(desk) ?? []) socket.end(notice);
  }

  all(): DeskSocket[] {
    return [...this.#byDesk.values()].flat();
  }

  #disarm(socket: DeskSocket): void {
    clearTimeout(this.#timers.get(socket));
    this.#timers.delete(socket);
  }

  #supersede(socket: DeskSocket): void {
    this.remove(socket);
    socket.end({ kind: 'superseded' });
  }
}
