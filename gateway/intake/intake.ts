/**
 * Webhooks in: stored and understood in one transaction, answered after its COMMIT. What can't be understood now for a
 * reason of ours is stored as it came and read again later; one such delivery holds up no other.
 */
import type { Closeable, Report } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import { UnreadableDelivery } from '../sources/source.ts';
import type { RawDelivery, Reading, Source } from '../sources/source.ts';
import { deliveredBefore, insertOnce, pendingDeliveries, settleDelivery } from '../store/deliveries.ts';
import type { StoredDelivery } from '../store/deliveries.ts';
import type { Storage } from '../store/open-store.ts';
import { deliveryId } from './delivery-id.ts';
import { heardReports } from './heard-report.ts';

const RETRY_MS = 15_000;
const RETRIED_AT_ONCE = 500;

export type Outcome = 'taken' | 'duplicate' | 'quarantined' | 'postponed';

export interface IntakeOptions {
  readonly storage: Storage;
  readonly sources: readonly Source[];
  readonly log: Logger;
  /** Called after the COMMIT of a delivery with the objects it is about. */
  readonly onTaken?: (source: string, about: readonly string[]) => void;
}

export class Intake implements Closeable {
  readonly #storage: Storage;
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #log: Logger;
  readonly #onTaken: (source: string, about: readonly string[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #retrying: Promise<void> = Promise.resolve();

  constructor(options: IntakeOptions) {
    this.#storage = options.storage;
    this.#sources = new Map(options.sources.map((source) => [source.id, source]));
    this.#log = options.log;
    this.#onTaken = options.onTaken ?? (() => undefined);
  }

  /** Takes a delivery whose signature is right; resolves when it is durable. */
  async accept(source: Source, raw: RawDelivery, sentAt: number | null): Promise<Outcome> {
    const id = deliveryId(raw.receivedAt);
    const reading = this.#read(source, raw, id);
    if (!(reading instanceof Error)) {
      try {
        const outcome = await this.#take(source, raw, sentAt, id, reading);
        // A repeated delivery is a hint too: what the first one said may never have been fetched.
        this.#onTaken(source.id, reading.about ?? []);
        return outcome;
      } catch (error) {
        this.#log.error({ source: source.id, delivery: id, error: String(error) }, 'a delivery could not be applied');
      }
    }
    const quarantined = reading instanceof UnreadableDelivery;
    const state = quarantined ? 'quarantined' : 'pending';
    const why = reading instanceof Error ? { error: reading.message } : {};
    const delivery = {
      id,
      source: source.id,
      store: source.store,
      raw,
      sentAt,
      dedupeKey: null,
      state,
      ...why,
    } as const;
    await this.#storage.writer.write((tx) => insertOnce(tx, delivery));
    return quarantined ? 'quarantined' : 'postponed';
  }

  /** Reads again what a crash or a fault of ours left behind, now and from time to time. */
  async start(): Promise<void> {
    await this.retry();
    this.#timer = setInterval(() => {
      this.#retrying = this.#retrying.then(() => this.retry());
    }, RETRY_MS);
    this.#timer.unref();
  }

  async retry(): Promise<void> {
    try {
      for (const delivery of await pendingDeliveries(this.#storage.reader, RETRIED_AT_ONCE))
        await this.#again(delivery);
    } catch (error) {
      this.#log.error({ error: String(error) }, 'stored deliveries could not be read again');
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#retrying;
  }

  #take(source: Source, raw: RawDelivery, sentAt: number | null, id: string, reading: Reading): Promise<Outcome> {
    const { dedupeKey } = reading;
    const reports = [...reading.reports, ...heardReports(source, raw, reading)];
    const delivery = { id, source: source.id, store: source.store, raw, sentAt, dedupeKey, state: 'done' } as const;
    return this.#storage.writer.write(async (tx) => {
      if (!(await insertOnce(tx, delivery))) return 'duplicate';
      await this.#storage.ledger.appendIn(tx, source.store, reports, id);
      return 'taken';
    });
  }

  async #again({ id, source: sourceId, raw }: StoredDelivery): Promise<void> {
    const source = this.#sources.get(sourceId);
    if (!source) return;
    const reading = this.#read(source, raw, id);
    try {
      await this.#storage.writer.write(async (tx) => {
        if (reading instanceof UnreadableDelivery) {
          return settleDelivery(tx, id, { state: 'quarantined', error: reading.message });
        }
        if (reading instanceof Error) return;
        const { dedupeKey, reports } = reading;
        const isRepeated = await deliveredBefore(tx, sourceId, dedupeKey);
        // First: where its order's customer was erased meanwhile, only what has been read is redacted.
        await settleDelivery(tx, id, { state: 'done', ...(!isRepeated && { dedupeKey }) });
        await this.#storage.ledger.appendIn(tx, source.store, isRepeated ? reports.map(unsaid) : reports, id);
      });
      if (!(reading instanceof Error)) this.#onTaken(sourceId, reading.about ?? []);
    } catch (error) {
      this.#log.error({ source: sourceId, delivery: id, error: String(error) }, 'a stored delivery still fails');
    }
  }

  #read(source: Source, raw: RawDelivery, delivery: string): Reading | Error {
    try {
      return source.read(raw);
    } catch (error) {
      const unreadable = error instanceof UnreadableDelivery;
      const fields = { source: source.id, delivery, error: unreadable ? error.message : String(error) };
      if (unreadable) this.#log.warn(fields, 'an unreadable delivery is quarantined');
      else this.#log.error(fields, 'a delivery could not be read');
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

/** Names its order, and says nothing new of it. */
function unsaid({ order }: Report): Report {
  return { order, decide: () => [] };
}
