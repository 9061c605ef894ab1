import type { DoctorReport } from '../../../contract/doctor.ts';
import type { DeskNotice, DeskState, Moment } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import type { Push, TimePort } from '../desk.ts';
import { pictureOrder, takePage } from './order-pages.ts';
import { UnmatchedQueue } from './unmatched-queue.ts';

/** What the queue reads at the moment it sends. */
export interface RelaySource {
  state(): DeskState;
  /** Whether the state says that what is shown is current. */
  current(): boolean;
  stores(): Iterable<string>;
  orders(store: string): ReadonlyMap<string, Order>;
  unmatched(store: string): ReadonlyMap<string, UnmatchedPayment>;
  seq(store: string): number;
}

const FRAME_MS = 16;
const STATE_EVERY_MS = 250;
const CHANGES_MOST_BYTES = 64 * 1024;
/** A picture of many orders, and what an absence has left, would take too many frames in small messages. */
const MANY_MOST_BYTES = 256 * 1024;
/** More orders than this that wait, while nothing shown is current anyway, are what an absence has left. */
const MANY_CHANGES = 1_000;
const MOMENTS_MOST = 500;
/** Messages with orders that may follow each other while something else waits: what a person looks at comes first. */
const ORDERS_IN_A_ROW = 6;

interface StoreQueue {
  reset: boolean;
  /** Orders of a new picture that are still to be sent. */
  readonly picture: Set<string>;
  readonly changed: Set<string>;
  readonly removed: Set<string>;
}

/**
 * What one renderer still has to be told. The first message goes at once, then at most one a frame; what changes again
 * meanwhile is sent once, as it is then. Only a change of the connection's state does not wait.
 */
export class RendererQueue {
  readonly #send: (push: Push) => void;
  readonly #source: RelaySource;
  readonly #time: TimePort;
  readonly #stores = new Map<string, StoreQueue>();
  readonly #unmatched: UnmatchedQueue;
  /** Moments whose orders are still to be sent, and those whose orders the renderer has. */
  #moments: Moment[] = [];
  #ready: Moment[] = [];
  #turn = 0;
  #ordersInARow = 0;
  /** A renderer learns that it is current only after the picture that makes it so; then the hold has passed. */
  #hold: 'none' | 'waiting' | 'passed' = 'none';
  #shownCurrent = false;
  #closed = false;
  #notices: DeskNotice[] = [];
  /** The newest report alone: each holds all that the one before it held. */
  #doctor: DoctorReport | null = null;
  #stateDue = false;
  #stateSentAt = Number.NEGATIVE_INFINITY;
  #cancelFrame: (() => void) | null = null;
  #cancelState: (() => void) | null = null;

  constructor(send: (push: Push) => void, source: RelaySource, time: TimePort) {
    this.#send = send;
    this.#source = source;
    this.#unmatched = new UnmatchedQueue((store) => source.unmatched(store));
    this.#time = time;
  }

  /** The state at once, then a new picture of every store. */
  begin(): void {
    this.#sendState();
    for (const store of this.#source.stores()) this.#reset(store);
    this.#pump();
  }

  changed(store: string, orders: Iterable<string>, removed: readonly string[]): void {
    const queue = this.#store(store);
    // One that still waits in the picture is sent there, as it is then.
    for (const order of orders) if (!queue.picture.has(order)) queue.changed.add(order);
    for (const order of removed) queue.removed.add(order);
    this.#pump();
  }

  /** A picture that is void, replaced by what the source holds now; by nothing when the store is gone. */
  replaced(store: string): void {
    this.#reset(store);
    this.#pump();
  }

  /** @param payments null where all of the store are to be told anew */
  unmatched(store: string, payments: readonly string[] | null): void {
    if (payments) this.#unmatched.changed(store, payments);
    else this.#unmatched.reset(store);
    this.#pump();
  }

  moments(moments: readonly Moment[]): void {
    if (moments.length === 0) return;
    this.#moments.push(...moments);
    this.#pump();
  }

  notice(notice: DeskNotice): void {
    this.#notices.push(notice);
    this.#pump();
  }

  doctor(report: DoctorReport): void {
    this.#doctor = report;
    this.#pump();
  }

  state(urgent: boolean): void {
    this.#stateDue = true;
    const current = this.#source.current();
    if (!current) this.#hold = 'none';
    else if (!this.#shownCurrent && this.#hold === 'none' && this.#pictureWaits()) this.#hold = 'waiting';
    if (urgent && this.#hold !== 'waiting') this.#sendState();
    else this.#pump();
  }

  close(): void {
    this.#closed = true;
    this.#cancelFrame?.();
    this.#cancelState?.();
  }

  #store(store: string): StoreQueue {
    let queue = this.#stores.get(store);
    if (!queue) {
      queue = { reset: false, picture: new Set(), changed: new Set(), removed: new Set() };
      this.#stores.set(store, queue);
    }
    return queue;
  }

  #reset(store: string): void {
    const picture = new Set(pictureOrder(this.#source.orders(store).values()));
    this.#stores.set(store, { reset: true, picture, changed: new Set(), removed: new Set() });
    this.#unmatched.reset(store);
  }

  #pictureWaits(): boolean {
    if (!this.#unmatched.empty) return true;
    return [...this.#stores.values()].some(
      ({ reset, picture, changed, removed }) => reset || picture.size + changed.size + removed.size > 0,
    );
  }

  #pump(): void {
    if (this.#closed || this.#cancelFrame || !this.#sendNext() || this.#closed) return;
    this.#cancelFrame = this.#time.after(FRAME_MS, () => {
      this.#cancelFrame = null;
      this.#pump();
    });
  }

  /** Orders first, yet a stream of them keeps nothing else waiting. @returns whether there was something to send */
  #sendNext(): boolean {
    if (this.#ordersInARow < ORDERS_IN_A_ROW && this.#sendOrders()) {
      this.#ordersInARow += 1;
      return true;
    }
    this.#ordersInARow = 0;
    return this.#sendOther() || this.#sendOrders();
  }

  #sendOther(): boolean {
    const kinds = [
      () => this.#sendUnmatched(),
      () => this.#sendMoments(),
      () => this.#sendNotice(),
      () => this.#sendDoctor(),
      () => this.#sendStateInTime(),
    ];
    const sent = kinds.findIndex((_, n) => kinds[(this.#turn + n) % kinds.length]?.());
    if (sent !== -1) this.#turn = (this.#turn + sent + 1) % kinds.length;
    return sent !== -1;
  }

  #sendOrders(): boolean {
    for (const [store, queue] of this.#stores) {
      const { reset, picture, changed, removed } = queue;
      if (!reset && picture.size + changed.size + removed.size === 0) continue;
      const source = this.#source.orders(store);
      const orderOf = (id: string): Order | undefined => source.get(id);
      const news = changed.size > 0;
      const few = news && (this.#shownCurrent || changed.size <= MANY_CHANGES);
      const orders = takePage(news ? changed : picture, orderOf, few ? CHANGES_MOST_BYTES : MANY_MOST_BYTES);
      const gone = [...removed].filter((id) => !source.has(id));
      queue.reset = false;
      removed.clear();
      this.#settleMoments();
      this.#passHold();
      const payload = {
        store,
        reset,
        complete: picture.size === 0,
        orders,
        removed: gone,
        seq: this.#source.seq(store),
      };
      this.#send({ name: 'desk.orders', payload });
      return true;
    }
    return false;
  }

  #sendUnmatched(): boolean {
    const payload = this.#unmatched.next();
    if (!payload) return false;
    this.#passHold();
    this.#send({ name: 'desk.unmatched', payload });
    return true;
  }

  #passHold(): void {
    if (this.#hold === 'waiting' && !this.#pictureWaits()) this.#hold = 'passed';
  }

  #sendMoments(): boolean {
    this.#settleMoments();
    const moments = this.#ready.splice(0, MOMENTS_MOST);
    if (moments.length > 0) this.#send({ name: 'desk.moments', payload: { moments } });
    return moments.length > 0;
  }

  /** A moment never comes before the order it is about. */
  #settleMoments(): void {
    if ([...this.#stores.values()].some(({ changed, reset }) => reset || changed.size > 0)) return;
    this.#ready.push(...this.#moments.splice(0));
  }

  #sendNotice(): boolean {
    const notice = this.#notices.shift();
    if (notice) this.#send({ name: 'desk.notice', payload: notice });
    return notice !== undefined;
  }

  #sendDoctor(): boolean {
    const report = this.#doctor;
    this.#doctor = null;
    if (report) this.#send({ name: 'desk.doctor', payload: report });
    return report !== null;
  }

  #sendStateInTime(): boolean {
    if (!this.#stateDue || this.#hold === 'waiting') return false;
    const wait = this.#stateSentAt + STATE_EVERY_MS - this.#time.monotonic();
    if (wait <= 0) {
      this.#sendState();
      return true;
    }
    this.#cancelState ??= this.#time.after(wait, () => {
      this.#cancelState = null;
      this.#pump();
    });
    return false;
  }

  #sendState(): void {
    const payload = this.#source.state();
    this.#stateDue = false;
    this.#stateSentAt = this.#time.monotonic();
    this.#shownCurrent = payload.current;
    this.#hold = 'none';
    this.#send({ name: 'desk.state', payload });
  }
}
