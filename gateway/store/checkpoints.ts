import type { CheckpointThread } from './checkpoint-thread.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Pages of the write-ahead log that wait for their place before the thread is asked to move them: 4 MB. */
const STEP = 1_000;
/** Pages after which the log is to begin anew, 16 MB; a page that many commits wrote moves once. */
const ENOUGH = 4_000;

/**
 * Keeps the write-ahead log short while the writer goes on. What is written meanwhile is left over by each pass, so that a busy
 * log would only grow: once it is long enough, the writer waits for one pass over the little that is left, and the log begins anew.
 * Source: https://sqlite.org/wal.html#avoiding_excessively_large_wal_files
 */
export class Checkpoints {
  readonly #start: () => CheckpointThread;
  readonly #state;
  #thread: CheckpointThread | null = null;
  #pass: Promise<void> | null = null;
  /** How long the log was when a pass could not empty it. */
  #inVainAt = 0;

  /** @param start begins the thread, once there is something for it to do */
  constructor({ raw }: Pick<SqliteConnection, 'raw'>, start: () => CheckpointThread) {
    this.#state = raw.prepare('pragma wal_checkpoint(noop)');
    this.#start = start;
  }

  /** Between two transactions: starts a pass where one is due, and resolves when the next transaction may begin. */
  async keepUp(): Promise<void> {
    if (this.#pass !== null) return;
    const { log, left } = this.#read();
    if (log < this.#inVainAt) this.#inVainAt = 0;
    if (log >= ENOUGH && left > 0 && log >= this.#inVainAt + STEP) {
      await this.#run();
      if (this.#read().left > 0) this.#inVainAt = log;
    } else if (left >= STEP) {
      void this.#run();
    }
  }

  async close(): Promise<void> {
    await this.#pass;
    await this.#thread?.close();
  }

  #run(): Promise<void> {
    this.#thread ??= this.#start();
    this.#pass = this.#thread.checkpoint().finally(() => (this.#pass = null));
    return this.#pass;
  }

  #read(): { log: number; left: number } {
    const { log, checkpointed } = this.#state.get() as { log: number; checkpointed: number };
    return { log, left: log - checkpointed };
  }
}
