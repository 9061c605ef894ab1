import type { Socket } from 'node:net';
import type { Random } from '../../../demo/clock/random.ts';
import type { Weather } from './weather.ts';

/** Beyond this the sender is told to wait, as a full buffer on the way would do it. */
const QUEUED_MOST_BYTES = 256 * 1024;
/** So much of every piece is sliced: each slice costs a turn of the event loop. */
const SLICED_MOST_BYTES = 1_024;
/** On a narrow line bytes travel in packets of about this size, each when its turn has come. */
const PACKET_BYTES = 1_400;
/** How often a black hole is looked into. */
const LOOK_MS = 5;

interface Parcel {
  readonly bytes: Buffer;
  readonly cameAt: number;
  readonly dueAt: number;
}

/** One direction of one connection: every byte in order, none twice, none made up; late, slow, cut or not at all. */
export class Line {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #weather: () => Weather;
  readonly #random: Random;
  #queue: Parcel[] = [];
  #queued = 0;
  #busy = false;
  #ended = false;
  #closed = false;
  #muted = false;
  #cutNext: (() => void) | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, weather: () => Weather, random: Random) {
    this.#from = from;
    this.#to = to;
    this.#weather = weather;
    this.#random = random;
    from.on('data', (bytes) => this.#take(bytes));
    from.on('end', () => {
      this.#ended = true;
      this.#pump();
    });
  }

  /** From now on nothing comes through, for ever: the other end is not there any more. */
  mute(): void {
    this.#muted = true;
    this.#drop();
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Lets half of the next bytes through, then calls `cut`. */
  cutNext(cut: () => void): void {
    this.#cutNext = cut;
  }

  close(): void {
    this.#closed = true;
    this.#drop();
    clearTimeout(this.#timer);
  }

  #drop(): void {
    this.#queue = [];
    this.#queued = 0;
  }

  #take(bytes: Buffer): void {
    if (this.#muted || this.#closed) return;
    const [least, most] = this.#weather().latencyMs;
    const now = performance.now();
    const dueAt = Math.max(this.#queue.at(-1)?.dueAt ?? 0, now + least + (most - least) * this.#random.next());
    const size = Number.isFinite(this.#weather().bytesPerSecond) ? PACKET_BYTES : bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      this.#queue.push({ bytes: bytes.subarray(at, at + size), cameAt: now, dueAt });
    }
    this.#queued += bytes.length;
    if (this.#queued > QUEUED_MOST_BYTES) this.#from.pause();
    this.#pump();
  }

  #pump(): void {
    if (this.#busy || this.#closed) return;
    const parcel = this.#queue[0];
    if (!parcel) {
      this.#maybeEnd();
      return;
    }
    const wait = this.#waitFor(parcel);
    if (wait > 0) this.#again(wait);
    else this.#send(parcel);
  }

  #again(ms: number): void {
    this.#busy = true;
    this.#later(ms, () => {
      this.#busy = false;
      this.#pump();
    });
  }

  #waitFor({ dueAt, cameAt }: Parcel): number {
    const { blackHole, hold } = this.#weather();
    if (blackHole) return LOOK_MS;
    const now = performance.now();
    const held = hold && this.#queued < hold.bytes && !this.#ended ? cameAt + hold.ms - now : 0;
    return Math.max(dueAt - now, held, 0);
  }

  #send({ bytes }: Parcel): void {
    this.#queue.shift();
    this.#queued -= bytes.length;
    if (this.#queued < QUEUED_MOST_BYTES / 2) this.#from.resume();
    this.#busy = true;
    const done = (): void => {
      this.#busy = false;
      this.#pump();
    };
    this.#later(this.#travelMs(bytes.length), () => {
      if (this.#cutNext && bytes.length > 1) this.#cut(bytes, this.#cutNext);
      else if (this.#weather().sliceBytes) this.#slice(bytes, 0, done);
      else this.#write(bytes, done);
    });
  }

  #cut(bytes: Buffer, cut: () => void): void {
    this.#cutNext = null;
    this.#write(bytes.subarray(0, Math.ceil(bytes.length / 2)), cut);
  }

  #travelMs(bytes: number): number {
    const { bytesPerSecond } = this.#weather();
    return Number.isFinite(bytesPerSecond) ? (bytes * 1_000) / bytesPerSecond : 0;
  }

  #slice(bytes: Buffer, at: number, done: () => void): void {
    const [least, most] = this.#weather().sliceBytes ?? [bytes.length, bytes.length];
    const end = at >= SLICED_MOST_BYTES ? bytes.length : Math.min(bytes.length, at + this.#random.between(least, most));
    this.#write(bytes.subarray(at, end), () => {
      if (end === bytes.length) done();
      else setImmediate(() => this.#slice(bytes, end, done));
    });
  }

  #write(bytes: Buffer, done: () => void): void {
    if (!this.#closed && !this.#to.destroyed && this.#to.writable) this.#to.write(bytes, done);
  }

  #later(ms: number, run: () => void): void {
    if (ms <= 0) run();
    else {
      this.#timer = setTimeout(() => {
        if (!this.#closed) run();
      }, ms);
    }
  }

  #maybeEnd(): void {
    if (!this.#ended || this.#muted || this.#to.destroyed) return;
    const { closeDelayMs } = this.#weather();
    if (closeDelayMs === 0) this.#to.end();
    else this.#later(closeDelayMs, () => this.#to.end());
  }
}
