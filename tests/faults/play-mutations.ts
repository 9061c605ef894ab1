import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mutations } from './mutations.ts';
import type { Mutation } from './mutations.ts';

const root = join(import.meta.dirname, '../..');
const SOURCES = ['contract', 'gateway', 'main', 'renderer', 'demo', 'tests', 'package.json'];

interface Found {
  /** Runs until the first violation; null when none of them had one. */
  readonly runs: number | null;
  readonly violation: string;
}

/** Writes a copy without the guard. @throws Error when the guard does not stand where it was */
function mutate(copy: string, { guard, file, text, instead }: Mutation): () => void {
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  if (whole.split(text).length !== 2) throw new Error(`"${guard}" does not stand in ${file} once: mend this list`);
  writeFileSync(path, whole.replace(text, instead));
  return () => writeFileSync(path, whole);
}

async function play(copy: string, { only }: Mutation, runs: number, seed: number): Promise<Found> {
  const args = ['tests/faults/run.ts', '--runs', String(runs), '--seed', String(seed), '--jobs', '1'];
  const child = spawn(process.execPath, [...args, '--only', only.join(','), '--until-violated'], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let played = 0;
  let violation = '';
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('seed ')) played += 1;
    else if (violation === '' && line.startsWith('    ')) violation = line.trim();
  }
  const [status] = (await exit) as [number | null];
  if (status === 0) return { runs: null, violation: '' };
  if (violation === '') throw new Error(`the bench ended with ${status} before it found anything`);
  return { runs: played, violation };
}

export interface MutationOptions {
  readonly runs: number;
  readonly seed: number;
  readonly print: (line: string) => void;
}

/**
 * Takes away one guard after the other, in a copy of the sources, and plays the bench until it finds a violation.
 * @returns how many guards were not missed
 * @throws Error when a guard does not stand where the list says, or the copy does not run
 */
export async function playMutations({ runs, seed, print }: MutationOptions): Promise<number> {
  const copy = mkdtempSync(join(tmpdir(), 'tillwatch-mutations-'));
  let unmissed = 0;
  try {
    for (const part of SOURCES) cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const mutation of mutations) {
      const restore = mutate(copy, mutation);
      const found = await play(copy, mutation, runs, seed);
      restore();
      unmissed += found.runs === null ? 1 : 0;
      print(`${found.runs === null ? 'NOT FOUND' : `found in run ${found.runs}`}  ${mutation.guard}`);
      print(`    ${found.violation}`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  print(`\n${mutations.length - unmissed} of ${mutations.length} guards are missed when they are taken away`);
  return unmissed;
}
