/** How a process that was told to end does so. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { startStopwatch } from './stopwatch.ts';

const LOOK_MS = 50;

export interface ProcessEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Milliseconds of a stopwatch, as long as there was a process to read it of. */
  readonly ms: number;
}

/** Waits until a running process has ended, and all that it printed is read. */
export async function processEnd(child: ChildProcess): Promise<ProcessEnd> {
  const closed = once(child, 'close');
  const stopwatch = startStopwatch();
  let ms = 0;
  while (child.exitCode === null && child.signalCode === null) {
    ms = stopwatch.ms();
    await delay(LOOK_MS);
  }
  await closed;
  return { status: child.exitCode, signal: child.signalCode, ms };
}
