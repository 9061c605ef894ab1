/** The gateway's command line. */
import { basename } from 'node:path';
import { runCommandLine } from './cli/command-line.ts';
import { faultCode, systemWords } from './system-words.ts';

/**
 * Resolves at the first signal to end. Another one changes nothing: the drain is bounded in time, and npm hands on what the
 * whole group has had already.
 */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
}

// Whoever read what is printed may have gone: that ends neither the gateway nor a drain.
let unread: Error | null = null;
process.stdout.on('error', (error) => {
  unread ??= error;
});
process.stderr.on('error', () => undefined);

/** Built into one file, it is called by that; as sources, through npm. */
const file = basename(process.argv[1] ?? '');
const program = file.endsWith('.ts') ? undefined : file.endsWith('.mjs') ? `node ${file}` : file;

const code = await runCommandLine(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(line.endsWith('\n') ? line : `${line}\n`),
  environment: process.env,
  ...(program !== undefined && { program }),
  stopped,
});
/** What was printed and went nowhere, a key that is shown once for one, was not done. A reader that had enough is told nothing. */
function exitCode(): number {
  if (unread === null || code !== 0 || process.argv[2] === 'serve') return code;
  if (faultCode(unread) !== 'EPIPE') {
    process.stderr.write(`The answer could not be printed: ${systemWords(unread) ?? String(unread)}.\n`);
  }
  return 1;
}

// Engine.IO keeps a timer of 30 s for a polling session that died; nobody has to wait for it. What was printed goes out,
// and what became of it is known a turn later.
process.stdout.write('', () => setImmediate(() => process.stderr.write('', () => process.exit(exitCode()))));
