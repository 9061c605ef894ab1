/** Lets go of what is older than the gateway keeps [DL8], in steps so small that nobody who writes waits for them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Closeable } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import type { Storage } from '../store/open-store.ts';
import { deleteDeliveries, keptDeliveries, oldDeliveries, trimAnswers } from '../store/trim-deliveries.ts';
import { hasOldEvents, trimEvents, trimKept } from '../store/trim-log.ts';
import type { TrimBounds } from '../store/trim-log.ts';

const DAY_MS = 24 * 3_600_000;
/** Commits of more than about 100 rows are felt by those who write beside them. */
const ROWS_AT_ONCE = 100;
/** Others write between two steps. */
const PAUSE_MS = 5;

export interface RetentionOptions {
  readonly storage: Storage;
  readonly stores: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly days: number;
  /** How often it is looked. */
  readonly everyMs: number;
}

export class Retention implements Closeable {
  readonly #options: RetentionOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Looks now, because a gateway may be restarted more often than it looks, and from time to time. */
  start(): void {
    this.#look();
    this.#timer = setInterval(() => this.#look(), this.#options.everyMs);
  }

  /** One pass over everything that is old now; a pass that is cut short is gone on with by the next. */
  async sweep(): Promise<void> {
    const { stores, storage, clock, days } = this.#options;
    const now = clock.now();
    const bounds = { before: now - days * DAY_MS, now, most: ROWS_AT_ONCE };
    const kept = new Set<string>();
    for (const store of stores) {
      await this.#events(store, bounds);
      const { floor } = storage.log.head(store);
      for (const id of await keptDeliveries(storage.reader, store, floor)) kept.add(id);
    }
    await this.#deliveries(bounds, kept);
    await this.#steps(async () => {
      const gone = await storage.writer.write((tx) => trimAnswers(tx, bounds));
      return gone === ROWS_AT_ONCE;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  #look(): void {
    this.#running ??= this.sweep()
      .catch((error: unknown) => this.#options.log.error({ error: String(error) }, 'what is old could not be trimmed'))
      .finally(() => (this.#running = null));
  }

  async #events(store: string, bounds: TrimBounds): Promise<void> {
    const { storage, log } = this.#options;
    const { reader, writer } = storage;
    const from = storage.log.head(store).floor;
    await this.#steps(async () => {
      if (!(await hasOldEvents(reader, storage.log, store, bounds.before))) return false;
      return (await writer.write((tx) => trimEvents(tx, storage.log, store, bounds))) === ROWS_AT_ONCE;
    });
    const { floor } = storage.log.head(store);
    if (floor > from) log.info({ store, from, floor }, 'old events were trimmed');
    if (floor === 0) return;
    let after = 0;
    await this.#steps(async () => {
      const next = await writer.write((tx) => trimKept(tx, storage.log, store, { ...bounds, after }));
      after = next ?? 0;
      return next !== null;
    });
  }

  async #deliveries({ before, most }: TrimBounds, kept: ReadonlySet<string>): Promise<void> {
    const { reader, writer } = this.#options.storage;
    let after = 0;
    await this.#steps(async () => {
      const { old, next } = await oldDeliveries(reader, { after, before, most });
      const gone = old.filter((id) => !kept.has(id));
      if (gone.length > 0) await writer.write((tx) => deleteDeliveries(tx, gone));
      after = next ?? 0;
      return next !== null;
    });
  }

  /** @param step resolves to whether there is more to do */
  async #steps(step: () => Promise<boolean>): Promise<void> {
    while (!this.#closed && (await step())) await delay(PAUSE_MS);
  }
}
