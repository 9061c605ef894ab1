/** Finishes what a killed restore or erasing left behind, also one that ran beside this gateway [AU4]. */
import type { Clock, Closeable } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import { RESTORE_FOLDER, removeLeftovers } from '../store/leftovers.ts';
import type { Storage } from '../store/open-store.ts';
import { eraseAgain } from './erase-again.ts';

export interface UnfinishedErasingOptions {
  readonly storage: Storage;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often it is looked, milliseconds. */
  readonly everyMs: number;
}

export class UnfinishedErasing implements Closeable {
  readonly #options: UnfinishedErasingOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: UnfinishedErasingOptions) {
    this.#options = options;
  }

  /** What was erased by a process that was killed before it emptied the write-ahead log still stands there. */
  start(): void {
    this.#look(() => this.#options.storage.purge());
    this.#timer = setInterval(() => this.#look(), this.#options.everyMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  #look(before: () => Promise<unknown> = async () => undefined): void {
    this.#running ??= before()
      .then(() => this.#finish())
      .catch((error: unknown) => {
        this.#options.log.error({ error: String(error) }, 'who was erased could not be erased again');
      })
      .finally(() => (this.#running = null));
  }

  async #finish(): Promise<void> {
    const { storage, dataDir, clock } = this.#options;
    removeLeftovers(dataDir, RESTORE_FOLDER);
    await eraseAgain(storage, clock, () => this.#closed);
  }
}
