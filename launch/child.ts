import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { LineReader } from './line-reader.ts';
import { openLogFile } from './log-file.ts';
import type { LogFile } from './log-file.ts';

export interface ChildSpec {
  /** What people call it: "gateway". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logDir: string;
  /** Set for a child whose standard output is for people, or holds secrets: it is read here and not logged. */
  readonly onLine?: (line: string) => void;
  /** Set for a child that is spoken to on its standard input. */
  readonly stdin?: boolean;
  readonly onMessage?: (message: unknown, reply: (message: object) => void) => void;
}

export interface Ending {
  /** "exit code 1", "signal SIGKILL", or why it could not be started. */
  readonly how: string;
  readonly code: number | null;
  readonly lastLines: readonly string[];
}

export interface Child {
  readonly name: string;
  readonly pid: number | null;
  readonly logFile: string;
  /** Settles when the process has ended; never rejects. */
  readonly ended: Promise<Ending>;
  /** Asks it to end, and kills it after `graceMs`. Resolves when it has ended; twice is harmless. */
  stop(graceMs?: number): Promise<void>;
  kill(): void;
  /** A line for its standard input; lost when it has none or has ended. */
  tell(line: string): void;
}

/** Lines kept to tell why a child died. */
const linesKept = 12;

/**
 * Starts a child in a group of its own, so that Ctrl-C reaches only its starter, which then ends it in order. The
 * process channel is its leash: when the starter vanishes, the channel closes, and the child ends itself.
 */
export function startChild(spec: ChildSpec): Child {
  const log = openLogFile(spec.logDir, spec.name);
  const running = spawn(spec.command, [...spec.args], {
    env: { ...process.env, ...spec.env },
    stdio: [spec.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // Writing to a child that just ended fails here, and its end is told below.
  running.stdin?.on('error', () => undefined);
  const output = readOutput(running, spec, log);
  running.on('message', (message) => spec.onMessage?.(message, (answer) => reply(running, answer)));
  const ended = endingOf(running, output.lastLines).finally(() => {
    output.end();
    log.close();
  });
  return {
    name: spec.name,
    pid: running.pid ?? null,
    logFile: log.file,
    ended,
    stop: (graceMs = 10_000) => stopped(running, ended, graceMs),
    kill: () => {
      running.kill('SIGKILL');
    },
    tell: (line) => {
      if (running.stdin?.writable) running.stdin.write(`${line}\n`);
    },
  };
}

/** Logs what the child prints, keeps its last lines, and passes on the lines that are spoken for. */
function readOutput(child: ChildProcess, { onLine }: ChildSpec, log: LogFile) {
  const lastLines: string[] = [];
  const keep = (line: string) => {
    lastLines.push(line);
    if (lastLines.length > linesKept) lastLines.shift();
  };
  const out = new LineReader(onLine ?? keep);
  const err = new LineReader(keep);
  child.stdout?.on('data', (chunk: Buffer) => {
    if (!onLine) log.write(chunk);
    out.push(chunk);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    log.write(chunk);
    err.push(chunk);
  });
  const end = () => {
    out.end();
    err.end();
  };
  return { lastLines, end };
}

function reply(child: ChildProcess, message: object): void {
  if (child.connected) child.send(message, () => undefined);
}

function endingOf(child: ChildProcess, lastLines: readonly string[]): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ how: error.message, code: null, lastLines });
    });
    child.once('close', (code, signal) => {
      resolve({ how: signal ? `signal ${signal}` : `exit code ${code ?? 'unknown'}`, code, lastLines });
    });
  });
}

async function stopped(child: ChildProcess, ended: Promise<Ending>, graceMs: number): Promise<void> {
  // Windows has no SIGTERM: there the closing of the channel is what asks it to end.
  if (process.platform === 'win32' && child.connected) child.disconnect();
  else child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(kill);
}
