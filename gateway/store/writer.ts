/**
 * Group commit: jobs that ask for a write while turns of the event loop bring more of them share one transaction and one
 * flush to the disk; each resolves after COMMIT. A job that fails is undone alone: then all of its transaction are undone, and run
 * again in a savepoint each. Hardly any fails, and savepoints for nothing would copy each page that a job touches.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { sqliteCode } from '../system-words.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/**
 * What a job sees. A job awaits nothing but this: the transaction stays open meanwhile. It may be run twice: what it does
 * elsewhere is undone by `onRollback`, or waits for `afterCommit`.
 */
export interface Tx extends Pick<SqliteConnection, 'db' | 'all' | 'insert' | 'run' | 'runEach'> {
  /** Called when this job's effects are undone, newest first. */
  onRollback(undo: () => void): void;
  /** Called after COMMIT, in the order of the jobs, before they resolve. */
  afterCommit(action: () => void): void;
}

interface Job {
  run(tx: Tx): Promise<unknown>;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/** A job within a transaction. */
interface Run {
  readonly job: Job;
  value: unknown;
  readonly undo: (() => void)[];
  readonly actions: (() => void)[];
}

/** A job failed, its cause, and left half of its doings in a transaction that is still open. */
class JobFailed extends Error {}

/**
 * What waits for a commit waits for all of its jobs; of fewer, each would write more pages by itself. As many as a busy line brings
 * at once and what the gateway itself adds meanwhile: what is left for the next commit would wait twice.
 */
const MOST_JOBS = 128;
const BUSY_GIVE_UP_MS = 5_000;

export class Writer {
  readonly #connection: SqliteConnection;
  readonly #control: Control;
  readonly #onForeignWrite: () => Promise<void>;
  readonly #between: () => Promise<void>;
  #queue: Job[] = [];
  #running: Promise<void> | null = null;
  #dataVersion = -1;
  #closed = false;
  #trouble: string | null = null;

  /**
   * @param onForeignWrite called inside the transaction, before any job, when another process has written
   * @param between called before each transaction, which waits for it; it must not reject
   */
  constructor(
    connection: SqliteConnection,
    onForeignWrite: () => Promise<void>,
    between: () => Promise<void> = async () => undefined,
  ) {
    this.#connection = connection;
    this.#control = controlOf(connection);
    this.#onForeignWrite = onForeignWrite;
    this.#between = between;
  }

  /** What keeps the data from being written, such as a full disk; null while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  write<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('the store is closed'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run, resolve: resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when everything asked for is committed; nothing more is taken. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#gather();
      await this.#between();
      const jobs = this.#queue.splice(0, MOST_JOBS);
      try {
        await this.#batch(jobs);
      } catch (error) {
        for (const job of jobs) job.reject(error);
      }
    }
    this.#running = null;
  }

  /**
   * A turn of the event loop accepts one connection at most (https://github.com/libuv/libuv/pull/3696): with a commit in
   * every turn, the last of many that come at once would wait for as many commits. A turn that brings nothing ends it.
   */
  async #gather(): Promise<void> {
    for (let known = 0; known < this.#queue.length && known < MOST_JOBS;) {
      known = this.#queue.length;
      await new Promise<void>((resume) => setImmediate(resume));
    }
  }

  async #batch(jobs: readonly Job[]): Promise<void> {
    try {
      await this.#transaction(jobs, (job, runs) => this.#run(job, runs));
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      if (jobs.length === 1) throw error.cause;
      await this.#transaction(jobs, (job, runs) => this.#runApart(job, runs));
    }
  }

  /** @throws when nothing of it was committed */
  async #transaction(jobs: readonly Job[], run: (job: Job, runs: Run[]) => Promise<void>): Promise<void> {
    this.#requireFile();
    await this.#begin();
    const runs: Run[] = [];
    try {
      await this.#noticeForeignWrites();
      for (const job of jobs) await run(job, runs);
      this.#control.commit.run();
      if (runs.length > 0) this.#trouble = null;
    } catch (error) {
      this.#noteTrouble(error instanceof JobFailed ? error.cause : error);
      if (this.#connection.raw.isTransaction) this.#connection.raw.exec('rollback');
      for (const each of runs.reverse()) undo(each);
      throw error;
    }
    for (const { actions } of runs) for (const action of actions) action();
    for (const { job, value } of runs) job.resolve(value);
  }

  /** @throws JobFailed, or what made SQLite undo the whole transaction (disk full, I/O error) */
  async #run(job: Job, runs: Run[]): Promise<void> {
    const run: Run = { job, value: undefined, undo: [], actions: [] };
    runs.push(run);
    try {
      run.value = await job.run(this.#tx(run));
    } catch (error) {
      throw this.#connection.raw.isTransaction ? new JobFailed('a job failed', { cause: error }) : error;
    }
  }

  /** A job that fails is undone and rejected. @throws when SQLite undid the whole transaction, so that every job has failed */
  async #runApart(job: Job, runs: Run[]): Promise<void> {
    this.#control.savepoint.run();
    try {
      await this.#run(job, runs);
      this.#control.release.run();
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      this.#noteTrouble(error.cause);
      const failed = runs.pop();
      if (failed) undo(failed);
      this.#connection.raw.exec('rollback to job; release job');
      job.reject(error.cause);
    }
  }

  #tx({ undo, actions }: Run): Tx {
    const connection = this.#connection;
    return {
      db: connection.db,
      all: (statement, values) => connection.all(statement, values),
      insert: (statement, values) => connection.insert(statement, values),
      run: (statement, values) => connection.run(statement, values),
      runEach: (statement, rows) => connection.runEach(statement, rows),
      onRollback: (step) => void undo.push(step),
      afterCommit: (action) => void actions.push(action),
    };
  }

  /** Another process may hold the write lock: wait for it without blocking the thread, each at its own pace. */
  async #begin(): Promise<void> {
    const giveUpAt = performance.now() + BUSY_GIVE_UP_MS;
    for (;;) {
      try {
        this.#control.begin.run();
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > giveUpAt) throw error;
        await delay(5 + Math.random() * 20);
      }
    }
  }

  /** What would be committed to a file that is no longer there is nothing anybody may be told of as durable. */
  #requireFile(): void {
    if (this.#connection.isInPlace()) return;
    this.#trouble = 'the file of the data was taken away';
    throw new Error(this.#trouble);
  }

  async #noticeForeignWrites(): Promise<void> {
    const version = this.dataVersion();
    if (version === this.#dataVersion) return;
    await this.#onForeignWrite();
    // Only now: were it noted before a reading that fails, the next transaction would go on from what was.
    this.#dataVersion = version;
  }

  #noteTrouble(error: unknown): void {
    if (diskTrouble.has(sqliteCode(error))) this.#trouble = error instanceof Error ? error.message : String(error);
  }

  /** Changes whenever another connection has committed. */
  dataVersion(): number {
    return Number(this.#control.dataVersion.get()?.['data_version'] ?? 0);
  }
}

/** What runs around every job and every transaction, compiled once: two of them go with each webhook. */
type Control = ReturnType<typeof controlOf>;

function controlOf({ raw }: SqliteConnection) {
  return {
    begin: raw.prepare('begin immediate'),
    commit: raw.prepare('commit'),
    savepoint: raw.prepare('savepoint job'),
    release: raw.prepare('release job'),
    dataVersion: raw.prepare('pragma data_version'),
  };
}

function undo({ undo: steps }: Run): void {
  for (const step of steps.reverse()) step();
}

const BUSY = 5;
/** Read-only, I/O error, damaged, full, can't open. Source: SQLite's result codes. */
const diskTrouble: ReadonlySet<number> = new Set([8, 10, 11, 13, 14]);

function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}
