import { PassThrough } from 'node:stream';

/** What the parent tells a program in a utility process. */
export type ParentMessage = { readonly line: string } | { readonly end: true };

export interface UtilityPorts {
  /** The process this runs in. `argv` is Electron, this entry, the program, and the program's arguments. */
  readonly process: Pick<NodeJS.Process, 'argv' | 'stdin' | 'stdout' | 'stderr' | 'exitCode' | 'exit' | 'emit'>;
  /** Calls back with what the parent sends. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Runs a program; resolves when it has ended. */
  readonly load: (program: string) => Promise<unknown>;
}

function isMessage(message: unknown): message is { line?: unknown; end?: unknown } {
  return typeof message === 'object' && message !== null;
}

/**
 * Runs a program of the command line in one of Electron's utility processes, which lacks three things that a child
 * process has: standard input, a signal that asks it to end on every system, and an end once nothing is left to do
 * (electron/electron issue 47228). The parent's messages give it the first two, and its return the third.
 */
export async function runUtilityProgram({ process, onMessage, load }: UtilityPorts): Promise<void> {
  const input = new PassThrough();
  Object.defineProperty(process, 'stdin', { configurable: true, value: input });
  onMessage((message) => {
    if (!isMessage(message)) return;
    if (typeof message.line === 'string') input.write(`${message.line}\n`);
    else if (message.end === true && !process.emit('SIGTERM')) process.exit(0);
  });
  // The program finds its own arguments where it would in a process of its own.
  process.argv.splice(1, 1);
  const program = process.argv[1] ?? '';
  try {
    await load(program);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit();
}

/** What was written before an exit would be cut off where pipes are asynchronous. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write('', () => resolve()));
}
