/** A store's committed events from any position: the newest from memory, older ones from the log. */
import { limits } from '../../contract/protocol.ts';
import type { EventLog } from '../store/event-log.ts';
import type { StoredEvent } from '../store/stored-event.ts';

/** Events kept in memory per store: desks that are live read nothing from the disk. */
const KEPT = 2_000;

interface Tail {
  epoch: string;
  events: StoredEvent[];
}

export class EventFeed {
  readonly #log: EventLog;
  readonly #tails = new Map<string, Tail>();
  readonly #waiting = new Map<string, Set<() => void>>();
  /** Up to where those who wait were woken. */
  readonly #told = new Map<string, number>();
  readonly #end: () => void;

  constructor(log: EventLog) {
    this.#log = log;
    this.#end = log.onCommitted((store, events) => {
      this.#remember(store, events);
      this.#told.set(store, this.#log.head(store).seq);
      for (const wake of [...(this.#waiting.get(store) ?? [])]) wake();
    });
  }

  /** Of the store's log as it is now: a restore beside the running gateway begins another. */
  epoch(store: string): string {
    return this.#log.head(store).epoch;
  }

  /** @returns events after `after`, at most 200 and 256 KiB of them; none when there are no more */
  async after(store: string, after: number): Promise<readonly StoredEvent[]> {
    if (after >= this.#log.head(store).seq) return [];
    const tail = this.#tails.get(store);
    const [first, last] = [tail?.events[0]?.seq, tail?.events.at(-1)?.seq ?? 0];
    // What the command line appended beside the running gateway is not in memory.
    const isKept = first !== undefined && after >= first - 1 && after < last;
    if (tail && isKept && tail.epoch === this.#log.head(store).epoch) {
      return tail.events.slice(after + 1 - first, after + 1 - first + limits.eventsPerMessage);
    }
    return this.#log.read(store, after, limits.eventsPerMessage, limits.messageBytes);
  }

  /** Calls `wake` after every COMMIT to a store. @returns a function that ends it */
  onCommitted(store: string, wake: () => void): () => void {
    const waiting = this.#waiting.get(store) ?? new Set();
    this.#waiting.set(store, waiting.add(wake));
    if (!this.#told.has(store)) this.#told.set(store, this.#log.head(store).seq);
    return () => void waiting.delete(wake);
  }

  /** Resolves at the next COMMIT to a store, after `ms`, or when aborted. */
  next(store: string, ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        end();
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const end = this.onCommitted(store, done);
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }

  /** Another process may have appended: where it did, whoever waits looks again. */
  wake(): void {
    for (const [store, waiting] of this.#waiting) {
      const { seq } = this.#log.head(store);
      if (seq === this.#told.get(store)) continue;
      this.#told.set(store, seq);
      for (const wake of [...waiting]) wake();
    }
  }

  close(): void {
    this.#end();
  }

  #remember(store: string, events: readonly StoredEvent[]): void {
    const [first] = events;
    if (!first) return;
    const tail = this.#tails.get(store);
    const follows = tail?.events.at(-1)?.seq === first.seq - 1 && tail.epoch === first.event.epoch;
    if (!follows) {
      this.#tails.set(store, { epoch: first.event.epoch, events: [...events] });
      return;
    }
    tail.events.push(...events);
    if (tail.events.length > 2 * KEPT) tail.events.splice(0, tail.events.length - KEPT);
  }
}
