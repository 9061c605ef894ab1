import { restartDelay, stableMs } from './back-off.ts';
import type { Child, Ending } from './child.ts';

export interface SupervisorOptions {
  /** Starts the child; called again after every end of it. */
  readonly start: () => Child;
  readonly say: (line: string) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Replaced in tests; milliseconds. */
  readonly delayOf?: (failures: number) => number;
}

export interface Supervisor {
  current(): Child;
  /** Ends the child and starts it no more. */
  stop(): Promise<void>;
  kill(): void;
}

/** Tells which child ended, why, and its last lines. */
export function describeEnd(child: Child, ending: Ending): string[] {
  const head = `The ${child.name} ended unexpectedly (${ending.how}).`;
  const tail = ending.lastLines.map((line) => `  ${child.name} | ${line.slice(0, 400)}`);
  return [head, ...tail, `Its whole log: ${child.logFile}`];
}

/** Keeps a child running: says when it ended and why, and starts it again, ever more slowly while it keeps failing. */
export function supervise(options: SupervisorOptions): Supervisor {
  let child = options.start();
  let failures = 0;
  let stopping = false;
  let startedAt = options.now();
  let timer: NodeJS.Timeout | null = null;

  const watch = (watched: Child) => {
    void watched.ended.then((ending) => {
      if (stopping) return;
      failures = options.now() - startedAt >= stableMs ? 1 : failures + 1;
      const delay = (options.delayOf ?? restartDelay)(failures);
      for (const line of describeEnd(watched, ending)) options.say(line);
      options.say(`Starting the ${watched.name} again in ${Math.ceil(delay / 1000)} s.`);
      timer = setTimeout(restart, delay);
    });
  };
  const restart = () => {
    timer = null;
    startedAt = options.now();
    child = options.start();
    watch(child);
  };
  watch(child);

  return {
    current: () => child,
    async stop() {
      stopping = true;
      if (timer) clearTimeout(timer);
      await child.stop();
    },
    kill() {
      stopping = true;
      child.kill();
    },
  };
}
