/**
 * Group commit: jobs that ask for a write while turns of the event loop bring more of them share one transaction and one
 * flush to the disk; each resolves after COMMIT. A job that fails is undone alone, by its savepoint.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { sqliteCode } from '../system-words.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** What a job sees. A job awaits nothing but this: the transaction stays open meanwhile. */
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

interface Done {
  readonly job: Job;
  readonly value: unknown;
  readonly undo: (() => void)[];
  readonly actions: (() => void)[];
}

/** What waits for a commit waits for all of its jobs; of fewer, each would write more pages by itself. */
const MOST_JOBS = 64;
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
   * @param between called before each transaction, which waits for it
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
    await this.#begin();
    const done: Done[] = [];
    try {
      await this.#noticeForeignWrites();
      for (const job of jobs) await this.#one(job, done);
      this.#control.commit.run();
      if (done.length > 0) this.#trouble = null;
    } catch (error) {
      this.#noteTrouble(error);
      if (this.#connection.raw.isTransaction) this.#connection.raw.exec('rollback');
      for (const { undo } of done.reverse()) for (const step of undo.reverse()) step();
      throw error;
    }
    for (const { actions } of done) for (const action of actions) action();
    for (const { job, value } of done) job.resolve(value);
  }

  /** @throws when SQLite undid the whole transaction (disk full, I/O error), so that every job of it has failed */
  async #one(job: Job, done: Done[]): Promise<void> {
    const { raw } = this.#connection;
    const undo: (() => void)[] = [];
    const actions: (() => void)[] = [];
    this.#control.savepoint.run();
    try {
      const value = await job.run(this.#tx(undo, actions));
      this.#control.release.run();
      done.push({ job, value, undo, actions });
    } catch (error) {
      for (const step of undo.reverse()) step();
      if (!raw.isTransaction) throw error;
      this.#noteTrouble(error);
      raw.exec('rollback to job; release job');
      job.reject(error);
    }
  }

  #tx(undo: (() => void)[], actions: (() => void)[]): Tx {
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

  async #noticeForeignWrites(): Promise<void> {
    const version = this.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    await this.#onForeignWrite();
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

const BUSY = 5;
/** Read-only, I/O error, damaged, full, can't open. Source: SQLite's result codes. */
const diskTrouble: ReadonlySet<number> = new Set([8, 10, 11, 13, 14]);

function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}
