import path from 'node:path';
import { createInterface } from 'node:readline';
import type { UtilityProcess } from 'electron';
import type { Timers } from './system-timers.ts';
import type { ParentMessage } from './utility-program.ts';

export interface UtilityPorts {
  readonly fork: (
    entry: string,
    args: string[],
    options: { env: Record<string, string>; stdio: 'pipe'; serviceName: string },
  ) => UtilityProcess;
  readonly after: Timers['after'];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The built programs, in the folder of dist. */
const programs = { gateway: ['gateway', 'tillwatch-gateway.mjs'], demo: ['demo', 'index.js'] } as const;

export interface UtilitySpec {
  /** What people call it. */
  readonly name: keyof typeof programs;
  /** The folder of dist. */
  readonly built: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface UtilityChild {
  readonly name: string;
  /** Settles with its exit code when it has ended; never rejects. */
  readonly ended: Promise<number>;
  /** Its last lines of complaint, oldest first. */
  lastLines(): readonly string[];
  /**
   * The first of its lines that can be read. @param read gives null for a line that says something else
   * @throws with its own words when it ends before, or says nothing within 20 s
   */
  answer<T>(read: (line: string) => T | null): Promise<T>;
  /** A line for its standard input. */
  tell(line: string): void;
  /** Asks it to end, and kills it where that takes too long. Twice is harmless. */
  stop(): Promise<void>;
}

const linesKept = 12;
const answerWithinMs = 20_000;
const endWithinMs = 4_000;

/** Starts one of the built programs, `gateway` or `demo`, in a utility process. Electron has to be ready. */
export function startUtility(ports: UtilityPorts, { name, built, args, env = {} }: UtilitySpec): UtilityChild {
  const entry = path.join(built, 'main', 'utility.js');
  const child = ports.fork(entry, [path.join(built, ...programs[name]), ...args], {
    env: { ...defined(ports.environment), ...env },
    stdio: 'pipe',
    serviceName: `Tillwatch ${name}`,
  });
  const ended = new Promise<number>((resolve) => child.once('exit', resolve));
  const lines = readLines(child);
  const send = (message: ParentMessage) => child.postMessage(message);
  let stopped: Promise<void> | null = null;
  let running = true;
  void ended.then(() => (running = false));
  return {
    name,
    ended,
    lastLines: () => [...lines.lastLines],
    answer: (read) => answered(ports, { name, ended, ...lines }, read),
    tell: (line) => running && send({ line }),
    stop: () => {
      stopped ??= running ? stop(ports, child, ended, send) : Promise.resolve();
      return stopped;
    },
  };
}

function defined(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

interface Lines {
  readonly lastLines: string[];
  readonly readers: Set<(line: string) => void>;
  /** Settles when its standard output has been read to its end, which may be after its own. */
  readonly readOut: Promise<void>;
}

function readLines(child: UtilityProcess): Lines {
  const lastLines: string[] = [];
  const readers: Lines['readers'] = new Set();
  const { promise: readOut, resolve } = Promise.withResolvers<undefined>();
  if (child.stdout) {
    createInterface({ input: child.stdout })
      .on('line', (line) => {
        for (const reader of readers) reader(line);
      })
      .once('close', () => resolve(undefined));
  }
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > linesKept) lastLines.shift();
    });
  }
  return { lastLines, readers, readOut };
}

interface Speaker extends Lines {
  readonly name: string;
  readonly ended: Promise<number>;
}

function answered<T>({ after }: UtilityPorts, speaker: Speaker, read: (line: string) => T | null): Promise<T> {
  const { name, ended, lastLines, readers, readOut } = speaker;
  return new Promise((resolve, reject) => {
    const fail = (how: string) => {
      settle();
      reject(new Error([`The demo's ${name} ${how}.`, ...lastLines].join('\n')));
    };
    const reader = (line: string) => {
      const value = read(line);
      if (value === null) return;
      settle();
      resolve(value);
    };
    const cancel = after(answerWithinMs, () => fail('did not answer in time'));
    const settle = () => {
      readers.delete(reader);
      cancel();
    };
    readers.add(reader);
    void Promise.all([ended, readOut]).then(([code]) => readers.has(reader) && fail(`ended with code ${code}`));
  });
}

async function stop(
  { after }: UtilityPorts,
  child: UtilityProcess,
  ended: Promise<number>,
  send: (message: ParentMessage) => void,
): Promise<void> {
  send({ end: true });
  const cancel = after(endWithinMs, () => child.kill());
  await ended;
  cancel();
}
