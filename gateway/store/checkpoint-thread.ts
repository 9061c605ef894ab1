/** A thread that moves what stands in the write-ahead log into its place, with a connection of its own. */
import type * as sqlite from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type * as threads from 'node:worker_threads';

export interface CheckpointThread {
  /**
   * One passive checkpoint: it waits for nobody, and leaves what somebody still reads. One at a time; resolves when it is over,
   * also where it failed.
   */
  checkpoint(): Promise<void>;
  /** Resolves when its connection is closed. */
  close(): Promise<void>;
}

/** @param file of a database in WAL mode that is open already */
export function startCheckpointThread(file: string): CheckpointThread {
  const source = `(${thread.toString()})(require('node:sqlite'), require('node:worker_threads'))`;
  // Only a file that is there: where the folder was taken away, an empty one in its place would pass for the data.
  const workerData = `${pathToFileURL(file).href}?mode=rw`;
  const worker = new Worker(source, { eval: true, workerData, execArgv: [] });
  // Only while something is asked of it does it keep the process: whoever waits for it, waits for a commit.
  worker.unref();
  let over: () => void = () => undefined;
  let hasEnded = false;
  worker.on('message', () => over());
  // Without it the writer's own checkpoints still go on (tune.ts).
  worker.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      hasEnded = true;
      over();
      resolve();
    });
  });
  return {
    checkpoint: async () => {
      if (hasEnded) return;
      worker.ref();
      await new Promise<void>((resolve) => {
        over = resolve;
        worker.postMessage('checkpoint');
      });
      worker.unref();
    },
    close: async () => {
      worker.ref();
      worker.postMessage('close');
      await ended;
    },
  };
}

/** Runs from its text alone, so that a gateway in one file has it too: it may name nothing outside itself. */
function thread({ DatabaseSync }: typeof sqlite, { parentPort, workerData }: typeof threads): void {
  const database = new DatabaseSync(new URL(String(workerData)), { timeout: 0 });
  database.exec('pragma synchronous = full');
  const checkpoint = database.prepare('pragma wal_checkpoint(passive)');
  parentPort?.on('message', (asked: 'checkpoint' | 'close') => {
    if (asked === 'close') {
      database.close();
      parentPort?.close();
      return;
    }
    try {
      checkpoint.get();
    } catch {
      // What can't be moved stays where it is; the writer meets the same disk, and says what is wrong with it.
    }
    parentPort?.postMessage('over');
  });
}
