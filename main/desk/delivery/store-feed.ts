import { subscribedSchema } from '../../../contract/protocol.ts';
import type { EventsMessage, SnapshotReason, Subscribed } from '../../../contract/protocol.ts';
import { failed } from '../connection/failure.ts';
import type { Failure, Outcome } from '../connection/failure.ts';
import type { GatewayApi } from '../connection/gateway-api.ts';
import type { Transport } from '../connection/transport.ts';
import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';
import { setAside } from './apply-events.ts';
import type { Applied, Due } from './apply-events.ts';
import { checkEvent, sequenced } from './check-event.ts';
import { GapBuffer } from './gap-buffer.ts';
import type { StoreBook } from './store-book.ts';
import { takeSnapshot } from './take-snapshot.ts';

export interface FeedContext {
  readonly transport: Transport;
  readonly api: Pick<GatewayApi, 'snapshotPage'>;
  readonly time: TimePort;
  readonly timing: Timing;
  readonly gatewayNow: () => number;
  /** Something about being behind may have changed. */
  readonly progressed: () => void;
  readonly applied: (book: StoreBook, applied: Applied) => void;
  /** A picture replaced what was held; the reason is null for the first one ever. */
  readonly snapshotTaken: (store: string, reason: SnapshotReason | null) => void;
  /** The gateway does not let this desk watch the store any more. */
  readonly withdrawn: (store: string) => void;
  readonly failed: (failure: Failure) => void;
}

interface Queued {
  readonly message: EventsMessage;
  readonly arrivedAt: number;
  readonly confirm: (seq: number) => void;
}

/** Subscribing this often in a row without one event applied means that it does not help. */
const SUBSCRIPTIONS_MOST = 4;
/**
 * Events applied in one go: some 5 ms, after which whatever else waits has its turn, however long a catch-up is. Fewer
 * would write the same orders and pages more often.
 */
const SLICE_EVENTS = 400;

/** One store over one connection: subscribes, takes snapshots where it must, and brings events into the book. */
export class StoreFeed {
  readonly #book: StoreBook;
  readonly #context: FeedContext;
  readonly #gap = new GapBuffer();
  #queue: Queued[] = [];
  #scheduled = false;
  #closed = false;
  /** Names the subscription; answers to an earlier one are late [CN6]. */
  #subscription = 0;
  #state: 'subscribing' | 'subscribed' = 'subscribing';
  #target = 0;
  #beginning = false;
  #fruitless = 0;
  /** Something came of which even the seq is in doubt: the next subscription says where it belongs. */
  #unplaced = false;
  /** Something came that may be about any order: only a new picture shows what it changed [DL7]. */
  #blind = false;
  #cancelHold: (() => void) | null = null;
  #cancelLag: (() => void) | null = null;

  constructor(book: StoreBook, context: FeedContext) {
    this.#book = book;
    this.#context = context;
  }

  /** Events still missing, as far as known; null while the gateway has not said. */
  get behind(): number | null {
    if (this.#state === 'subscribing') return null;
    return Math.max(0, this.#target - this.#book.seq, this.#gap.waiting ? 1 : 0);
  }

  get store(): string {
    return this.#book.store.id;
  }

  /** Subscribes after what the book holds, anew when it was subscribed before. */
  async subscribe(): Promise<void> {
    const subscription = (this.#subscription += 1);
    this.#state = 'subscribing';
    this.#gap.clear();
    this.#cancelTimers();
    this.#context.progressed();
    this.#fruitless += 1;
    if (this.#fruitless > SUBSCRIPTIONS_MOST) {
      this.#context.failed({ kind: 'gap' });
      return;
    }
    const answer = await this.#agree(() => subscription !== this.#subscription || this.#closed);
    if (subscription !== this.#subscription || this.#closed) return;
    if (!answer.ok) {
      if (isForbidden(answer.failure)) this.#context.withdrawn(this.store);
      else this.#context.failed(answer.failure);
      return;
    }
    this.#state = 'subscribed';
    this.#target = answer.value.head;
    this.#beginning = true;
    this.#context.progressed();
  }

  receive(message: EventsMessage, confirm: (seq: number) => void): void {
    this.#queue.push({ message, arrivedAt: this.#context.gatewayNow(), confirm });
    this.#schedule();
  }

  /** The gateway's newest seq by its own word; it may be ahead of what arrived for as long as that takes to travel. */
  hearHead(epoch: string, head: number): void {
    this.#book.heardOfHead(head);
    if (this.#state !== 'subscribed') return;
    const sameLog = epoch === this.#book.position?.epoch;
    if (sameLog && head <= this.#book.seq) return;
    if (this.#cancelLag === null) this.#watchLag(sameLog, head);
  }

  /** As long as events keep coming the line is slow, and subscribing again would only slow it further. */
  #watchLag(sameLog: boolean, head: number): void {
    const from = this.#book.seq;
    this.#cancelLag = this.#context.time.after(this.#context.timing.lagMost, () => {
      this.#cancelLag = null;
      if (sameLog && this.#book.seq >= head) return;
      if (sameLog && this.#book.seq > from) this.#watchLag(sameLog, head);
      else void this.subscribe();
    });
  }

  close(): void {
    this.#closed = true;
    this.#queue = [];
    this.#cancelTimers();
  }

  /** Asks until the gateway resumes, with a snapshot before that where it wants one [DL4]. */
  async #agree(late: () => boolean): Promise<Outcome<Subscribed>> {
    const { transport, timing } = this.#context;
    for (let round = 0; round < SUBSCRIPTIONS_MOST; round += 1) {
      if (this.#book.position === null || this.#blind) {
        const failure = await this.#snapshot(null, late);
        if (failure || late()) return failed(failure ?? { kind: 'gap' });
      }
      const request = { store: this.store, after: this.#book.position };
      const answer = await transport.request('subscribe', request, timing.answerMost);
      if (!answer.ok || late()) return answer.ok ? failed({ kind: 'gap' }) : answer;
      const subscribed = subscribedSchema.safeParse(answer.value);
      if (!subscribed.success) return failed({ kind: 'unreadable', html: false, what: 'subscribe' });
      if (subscribed.data.mode === 'resumed') {
        this.#book.heardOfHead(subscribed.data.head);
        return { ok: true, value: subscribed.data };
      }
      const failure = await this.#snapshot(subscribed.data.reason ?? 'epoch-changed', late);
      if (failure || late()) return failed(failure ?? { kind: 'gap' });
    }
    return failed({ kind: 'gap' });
  }

  async #snapshot(reason: SnapshotReason | null, late: () => boolean): Promise<Failure | null> {
    const taken = await takeSnapshot(this.#context.api, this.store);
    if (!taken.ok) return taken.failure;
    if (late()) return null;
    const { first, bad, ...held } = taken.value;
    const { store, epoch, seq, at, lastId, sources } = first;
    const position = { epoch, seq, ...(lastId !== undefined && { id: lastId }) };
    const rewritten = reason === 'ahead' || reason === 'diverged';
    const unreadable = bad + (this.#blind ? 1 : 0);
    this.#book.replace({ ...held, store, position, at, sources, bad: unreadable }, rewritten);
    this.#blind = false;
    this.#context.snapshotTaken(this.store, reason);
    return null;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#closed) this.#guard(() => this.#drain());
    });
  }

  /** A fault of our own ends this connection, never the application. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#context.failed({ kind: 'fault', message: error instanceof Error ? error.message : 'unknown' });
    }
  }

  /** Journals a slice of what came in one transaction, then confirms it [DL3]. */
  #drain(): void {
    const slice: Queued[] = [];
    for (let events = 0; events < SLICE_EVENTS;) {
      const queued = this.#queue.shift();
      if (!queued) break;
      slice.push(queued);
      events += queued.message.events.length;
    }
    const epoch = this.#book.position?.epoch;
    const own = slice.filter(({ message }) => message.epoch === epoch);
    if (epoch !== undefined) this.#apply(epoch, own);
    for (const { confirm } of own) confirm(this.#book.seq);
    if (this.#queue.length > 0) this.#schedule();
    const foreign = slice.find(({ message }) => message.epoch !== this.#book.position?.epoch);
    const again = (foreign !== undefined || this.#unplaced || this.#blind) && this.#state === 'subscribed';
    this.#unplaced = false;
    if (again) void this.subscribe();
    else this.#watchGap();
  }

  #apply(epoch: string, slice: readonly Queued[]): void {
    const dues = slice.flatMap((queued) => this.#dues(queued));
    const next = this.#upToBlind(this.#gap.offer(dues, this.#book.seq));
    if (next.length === 0) return;
    this.#fruitless = 0;
    const applied = this.#book.apply(epoch, next);
    this.#context.applied(this.#book, applied);
    this.#context.progressed();
  }

  /** What comes before an event that may be about any order; that one is left to the picture that replaces it. */
  #upToBlind(next: Due[]): Due[] {
    const blind = next.findIndex(({ arrival }) => !arrival.ok && arrival.anyOrder === true);
    if (blind === -1) return next;
    this.#blind = true;
    const due = next[blind];
    if (due?.arrival.ok === false) this.#book.noteSetAside(setAside(due, due.arrival.reason));
    return next.slice(0, blind);
  }

  /** By the protocol a subscription's first event is the one after its position, even if that cannot be read. */
  #dues({ message, arrivedAt }: Queued): Due[] {
    const arrivals = message.events.map((raw) => checkEvent(raw, message.store, message.epoch));
    const seqs = sequenced(
      arrivals,
      this.#beginning ? this.#book.seq + 1 : null,
      this.#beginning && this.#fruitless > 2,
    );
    if (arrivals.length > 0 && this.#state === 'subscribed') this.#beginning = false;
    if (seqs.includes(null)) this.#unplaced = true;
    return arrivals.flatMap((arrival, n) => {
      const seq = seqs[n] ?? null;
      return seq === null ? [] : [{ seq, arrival, emittedAt: message.emittedAt, arrivedAt }];
    });
  }

  /** A gap is held for a moment, never shown as live, and mended by subscribing again [DL2]. */
  #watchGap(): void {
    if (this.#state === 'subscribing') this.#gap.clear();
    if (!this.#gap.waiting) {
      this.#cancelHold?.();
      this.#cancelHold = null;
      return;
    }
    this.#context.progressed();
    if (this.#gap.full) void this.subscribe();
    else this.#cancelHold ??= this.#context.time.after(this.#context.timing.gapHold, () => void this.subscribe());
  }

  #cancelTimers(): void {
    this.#cancelHold?.();
    this.#cancelLag?.();
    this.#cancelHold = this.#cancelLag = null;
  }
}

/** Said of one store alone; what is said of the desk has other words. */
function isForbidden(failure: Failure): boolean {
  return failure.kind === 'ack'
    ? failure.code === 'forbidden'
    : failure.kind === 'answer' && failure.error?.code === 'forbidden';
}
