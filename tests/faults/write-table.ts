import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { catalogue, faultOf } from '../support/fault-bench/catalogue.ts';
import { watchDisk } from '../support/fault-bench/failing-disk.ts';
import type { Recorded } from '../support/fault-bench/history.ts';
import { observedStates } from '../support/fault-bench/observed-states.ts';
import type { Fault } from '../support/fault-bench/fault.ts';
import { playInPeace } from '../support/fault-bench/play-in-peace.ts';
import { planAlone } from '../support/fault-bench/run-plan.ts';

const FILE = join(import.meta.dirname, '../../docs/faults.md');
/** Draws a fault, to see its variants. */
const DRAWS = 24;
const VARIANTS_MOST = 3;
/** Of chains each variant ends in a finding of its own. */
const CHAIN_VARIANTS_MOST = 6;

const introduction = (speed: number): string => `# What faults do to a desk

Written by \`npm run faults -- --table\`: every fault alone against a real desk and a real gateway, with all timers
${speed} times as fast as by default. *States* are the connection's, from the fault's beginning until the screen showed again what
the gateway's log says; *right again* is the time from the fault's end until then, for pages until the slowest of them
showed what the desk shows. A fault that the connection does not feel shows \`live\` alone. Numbers from 42 on are faults
beyond the catalogue. Every run also gives commands, and a quarter of the mixed ones goes through a proxy and TLS. Chains
are two pretend nodes of Bitcoin, in some of the mixed runs a real EVM node.

- \`npm run faults -- --runs N --seed S\` plays the faults mixed, and checks every invariant; a seed replays its run.
- \`npm run faults -- --mutations\` takes away one guard after the other, and expects the bench to miss it.
- \`npm run soak\` runs a desk and a gateway for eight hours, an hour in 72 seconds, and prints what grew.

| | fault | as played | states | right again |
|---|---|---|---|---|
`;

export interface TableOptions {
  readonly speed: number;
  /** Numbers to play; the rows of the others stay as they are. Empty for all. */
  readonly only: readonly number[];
  /** Faults played at the same time. */
  readonly jobs: number;
  readonly print: (line: string) => void;
}

interface Row {
  readonly number: number;
  readonly text: string;
  readonly failed: boolean;
}

/** Plays every variant drawn of every fault. @returns how many violated an invariant */
export async function writeTable({ speed, jobs, only, print }: TableOptions): Promise<number> {
  const release = watchDisk();
  const played = catalogue.filter(({ number }) => only.length === 0 || only.includes(number));
  const drawn = played.flatMap((fault) => seedsOf(fault.number).map((seed) => ({ fault, seed })));
  const rows: Row[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let n = next++; n < drawn.length; n = next++) {
      const { fault, seed } = drawn[n] as (typeof drawn)[number];
      rows[n] = await playAlone(fault, seed, 1 / speed);
      print(rows[n]?.text ?? '');
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  } finally {
    release();
  }
  const kept = only.length === 0 ? [] : (await rowsOf(FILE)).filter(({ number }) => !only.includes(number));
  const all = [...kept, ...rows].sort((a, b) => a.number - b.number);
  const text = `${introduction(speed)}${all.map((row) => row.text).join('\n')}\n`;
  await writeFile(FILE, await format(text, { ...(await resolveConfig(FILE)), filepath: FILE }));
  return rows.filter(({ failed }) => failed).length;
}

async function playAlone({ number, title }: Fault, seed: number, scale: number): Promise<Row> {
  const plan = planAlone(number, seed);
  const { facts, recoveredMs, violations } = await playInPeace(plan, scale, { wholly: true });
  const [violation] = violations;
  const again = violation ? `**${violation.text}**` : `${Math.round(backMs(facts) ?? recoveredMs)} ms`;
  const detail = plan.acts[0]?.drawn.detail ?? '';
  return {
    number,
    text: `| ${number} | ${title} | ${detail} | ${observedStates(facts)} | ${again} |`,
    failed: !!violation,
  };
}

/** What an earlier table says, row by row. */
async function rowsOf(file: string): Promise<Pick<Row, 'number' | 'text'>[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((text) => {
    const number = /^\| *(\d+) *\|/.exec(text)?.[1];
    return number === undefined ? [] : [{ number: Number(number), text }];
  });
}

/** Where pages were the matter: the longest it took one of them to be back. */
function backMs(facts: readonly Recorded[]): number | null {
  const times = facts.flatMap((fact) => (fact.type === 'page' && fact.ms !== null ? [fact.ms] : []));
  return times.length === 0 ? null : Math.max(...times);
}

/** One seed for each variant, up to a few. */
function seedsOf(number: number): number[] {
  const most = faultOf(number).needs.includes('chain') ? CHAIN_VARIANTS_MOST : VARIANTS_MOST;
  const seeds = new Map<string, number>();
  for (let seed = 1; seed <= DRAWS; seed += 1) {
    const detail = planAlone(number, seed).acts[0]?.drawn.detail ?? '';
    if (!seeds.has(detail) && seeds.size < most) seeds.set(detail, seed);
  }
  return [...seeds.values()];
}
