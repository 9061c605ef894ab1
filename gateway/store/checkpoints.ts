import type { CheckpointThread } from './checkpoint-thread.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Pages by which the write-ahead log grows from one pass to the next: 4 MB. */
const STEP = 1_000;
/** Pages after which the log is to begin anew, 16 MB; a page that many commits wrote moves once. */
const ENOUGH = 4_000;

/**
 * Whether SQLite tells how long the log is without moving it; before 3.51 the same question was an order to move it, there and
 * then. Source: https://sqlite.org/pragma.html#pragma_wal_checkpoint
 * @param version as `sqlite_version()` gives it
 */
export function tellsOfLog(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 51);
}

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
  /** How long the log was when the last pass of a step began. */
  #passedAt = 0;
  /** Whether the writer is to wait for what that pass left, once: what is left then, somebody reads. */
  #waitsForRest = false;

  /** @param start begins the thread, once there is something for it to do */
  constructor({ raw }: Pick<SqliteConnection, 'raw'>, start: () => CheckpointThread) {
    this.#state = raw.prepare('pragma wal_checkpoint(noop)');
    this.#start = start;
  }

  /**
   * Between two transactions: starts a pass where one is due, and resolves when the next transaction may begin. Never
   * rejects: where the disk is in trouble that transaction meets it, and a log that is not moved only grows.
   */
  async keepUp(): Promise<void> {
    if (this.#pass !== null) return;
    try {
      const { log, left } = this.#read();
      if (log < this.#passedAt) this.#passedAt = 0;
      if (left > 0 && log >= this.#passedAt + STEP) {
        this.#passedAt = log;
        this.#waitsForRest = log >= ENOUGH;
        void this.#run();
      } else if (this.#waitsForRest) {
        this.#waitsForRest = false;
        if (left > 0) await this.#run();
      }
    } catch {
      // Without a thread, a commit moves the log once it is long enough for that (tune.ts).
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
