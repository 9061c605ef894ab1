/** How fresh each source and chain is [FR1]: kept from their reports, appended to the logs when a state changes. */
import { freshness } from '../../contract/source-state.ts';
import type { Freshness, SourceState } from '../../contract/source-state.ts';
import type { FreshnessReporter } from '../freshness.ts';
import type { Clock, Closeable } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import type { ObservationBoard } from '../observations.ts';
import type { Storage } from '../store/open-store.ts';
import { readHeardStates, saveHeardStates } from '../store/source-states.ts';

/** Where nothing but webhooks proves a line, it is expected to be heard this often. */
const WEBHOOKS_ONLY_MS = 3_600_000;
const WEBHOOKS_ONLY_NOTE = 'Only webhooks prove this line: there may have been no sale, or no delivery.';
/** Times of hearing are written down this often; the states themselves as they change. */
const SAVE_EVERY_MS = 10_000;

export interface WatchedLine {
  readonly id: string;
  readonly kind: string;
  /** Whose logs and desks hear of it. */
  readonly stores: readonly string[];
  readonly expectedIntervalMs: number | null;
}

interface Line extends WatchedLine {
  lastHeardAt: number | null;
  lagMs: number | null;
  /** By whom they were reported: only who failed can say that it goes again. */
  failures: Map<FreshnessReporter, string>;
  state: Freshness | null;
}

export interface BoardOptions {
  readonly lines: readonly WatchedLine[];
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Logger;
  readonly everyMs: number;
  /** Where diagnosis reads how lines are heard. */
  readonly observations: Pick<ObservationBoard, 'sawSource'>;
}

export class FreshnessBoard implements Closeable {
  readonly #options: BoardOptions;
  readonly #lines: ReadonlyMap<string, Line>;
  #startedAt = 0;
  #savedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: BoardOptions) {
    this.#options = options;
    this.#lines = new Map(
      options.lines.map((line) => [
        line.id,
        { ...line, lastHeardAt: null, lagMs: null, failures: new Map(), state: null },
      ]),
    );
  }

  async start(): Promise<void> {
    this.#startedAt = this.#savedAt = this.#options.clock.now();
    for (const { id, lastHeardAt, lagMs, state } of await readHeardStates(this.#options.storage.reader)) {
      const line = this.#lines.get(id);
      if (line) Object.assign(line, { lastHeardAt, lagMs, state });
    }
    this.#timer = setInterval(() => this.#tick(), this.#options.everyMs);
    this.#tick();
  }

  /**
   * One who hears a line in a way of its own: a webhook that comes does not mend polls that fail.
   * @throws Error for a line that is not on the board
   */
  reporter(id: string): FreshnessReporter {
    const line = this.#lines.get(id);
    if (!line) throw new Error(`no source or chain "${id}"`);
    const reporter: FreshnessReporter = {
      heard: (sourceTime) => {
        const now = this.#options.clock.now();
        Object.assign(line, { lastHeardAt: now, lagMs: sourceTime === null ? null : now - sourceTime });
        line.failures.delete(reporter);
        this.#evaluate(line);
      },
      failed: (note) => {
        line.failures.set(reporter, note.slice(0, 500));
        this.#evaluate(line);
      },
    };
    return reporter;
  }

  /** The states that concern some stores. */
  states(stores: readonly string[]): SourceState[] {
    return [...this.#lines.values()]
      .filter((line) => line.stores.some((store) => stores.includes(store)))
      .map((line) => this.#stateOf(line));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#save();
    await this.#writing;
  }

  #tick(): void {
    for (const line of this.#lines.values()) this.#evaluate(line);
    if (this.#options.clock.now() - this.#savedAt >= SAVE_EVERY_MS) this.#save();
  }

  #evaluate(line: Line): void {
    // What is reported before the start is evaluated by the start, when the past is known.
    if (this.#startedAt === 0) return;
    const now = this.#stateOf(line);
    this.#options.observations.sawSource(now);
    if (now.state === line.state) return;
    line.state = now.state;
    const { ledger } = this.#options.storage;
    const draft = {
      kind: 'source.state',
      order: null,
      source: line.id,
      occurred: now.lastHeardAt,
      sent: null,
    } as const;
    this.#queue(() => Promise.all(line.stores.map((store) => ledger.appendFacts(store, [{ ...draft, data: now }]))));
    this.#save();
  }

  #stateOf({ id, kind, lastHeardAt, lagMs, failures, expectedIntervalMs }: Line): SourceState {
    const [failure = null] = failures.values();
    const since = this.#options.clock.now() - (lastHeardAt ?? this.#startedAt);
    const state = freshness(since, expectedIntervalMs ?? WEBHOOKS_ONLY_MS, failure !== null);
    const note = failure ?? (expectedIntervalMs === null && state !== 'hearing' ? WEBHOOKS_ONLY_NOTE : null);
    return { id, kind, state, lastHeardAt, lagMs, ...(note !== null && { note }) };
  }

  #save(): void {
    this.#savedAt = this.#options.clock.now();
    const states = [...this.#lines.values()].map((line) => ({ ...line, state: line.state ?? 'quiet' }));
    this.#queue(() => this.#options.storage.writer.write((tx) => saveHeardStates(tx, states)));
  }

  #queue(write: () => Promise<unknown>): void {
    this.#writing = this.#writing.then(write).catch((error: unknown) => {
      this.#options.log.error({ error: String(error) }, 'the state of a source could not be written');
    });
  }
}
