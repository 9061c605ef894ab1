/**
 * A disk that takes its time to flush, for one process: strace holds it up after each fsync and fdatasync, and lets every
 * other call into the system pass by a filter in the kernel. Source: strace(1), "Tampering" and `--seccomp-bpf`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { NotMeasurable } from './not-measurable.ts';

const CALLS = 'fsync,fdatasync';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** What runs a program on such a disk; the program's own command follows. */
export function underSlowFlush(ms: number): Command {
  const inject = `inject=${CALLS}:delay_exit=${Math.round(ms * 1000)}`;
  const quiet = ['-qq', '-o', '/dev/null'];
  return { file: 'strace', args: ['-f', '--seccomp-bpf', ...quiet, '-e', `trace=${CALLS}`, '-e', inject] };
}

const PROBE = `
const { fsyncSync, openSync, writeSync } = require('node:fs');
const file = openSync(process.argv[1], 'w');
const times = Array.from({ length: 21 }, () => {
  writeSync(file, 'x'.repeat(4096));
  const begun = performance.now();
  fsyncSync(file);
  return performance.now() - begun;
});
console.log(times.sort((a, b) => a - b)[10]);
`;

/**
 * How long a flush takes a program here, the middle of 21, milliseconds.
 * @param on null for the disk as it is
 * @throws NotMeasurable where a process can't be held up
 */
export async function flushTime(on: { readonly flushMs: number } | null): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tillwatch-flush-'));
  const { file, args } = on ? underSlowFlush(on.flushMs) : { file: '', args: [] };
  const probe = [process.execPath, '-e', PROBE, path.join(folder, 'probe')];
  const [command = '', ...rest] = [...(on ? [file] : []), ...args, ...probe];
  try {
    const { stdout } = await promisify(execFile)(command, rest, { timeout: 30_000 });
    const median = Number(stdout);
    if (on && !(median >= on.flushMs)) throw new NotMeasurable(`strace held no flush up (${stdout.trim()} ms)`);
    return median;
  } catch (error) {
    throw !on || error instanceof NotMeasurable ? error : new NotMeasurable(whyNot(error));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function whyNot(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'no strace';
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
  return `strace can't hold a process up here${said ? `: ${said}` : ''}`;
}
