/**
 * `npm run bench [-- p1 p2 …]`: measures the performance goals beside their anchors and prints one table. Exits with 1
 * when a goal is missed, with 2 when the arguments are wrong or a measurement failed.
 */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { benchArguments, usage } from './bench-arguments.ts';
import type { BenchArguments } from './bench-arguments.ts';
import { notMeasured } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Goal } from './goal.ts';
import { goals } from './goals.ts';
import { NotMeasurable } from './not-measurable.ts';
import { tableOf, withTable } from './table.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

async function measured(goal: Goal, { rounds, quick, profile }: BenchArguments): Promise<Figure[]> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), `tillwatch-bench-${goal.id}-`)));
  const profiles = profile ? path.join(root, '.cache', 'bench', goal.id) : null;
  if (profiles !== null) mkdirSync(profiles, { recursive: true });
  const say = (line: string): void => console.log(`  ${line}`);
  console.log(`${goal.id.toUpperCase()}  ${goal.what}`);
  try {
    return await goal.measure({ folder, rounds, quick, profile: profiles, say });
  } catch (error) {
    if (error instanceof NotMeasurable) return [notMeasured(goal.id.toUpperCase(), goal.what, error.message)];
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function surroundings(): string {
  const [cpu] = cpus();
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `Node ${process.versions.node}, ${availableParallelism()} × ${cpu?.model.trim() ?? 'unknown'}, load ${load}`;
}

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const args = benchArguments(
    process.argv.slice(2),
    goals.map(({ id }) => id),
  );
  const start = `${surroundings()} at the start`;
  console.log(`${start}\n`);
  const figures: Figure[] = [];
  for (const goal of goals) {
    if (args.goals.length === 0 || args.goals.includes(goal.id)) figures.push(...(await measured(goal, args)));
  }
  const end = `${surroundings()} at the end`;
  console.log(`\n${tableOf(figures).join('\n')}\n\n${end}`);
  if (args.table !== null) {
    const day = new Date().toISOString().slice(0, 10);
    const measuredOn = `Measured on ${day}, ${args.rounds} rounds: ${start}; ${end}.`;
    writeFileSync(args.table, withTable(readFileSync(args.table, 'utf8'), [measuredOn, '', ...tableOf(figures)]));
  }
  if (args.quick) console.log('A quick run: no measurement.');
  return !args.quick && figures.some(({ met }) => met === false) ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof RangeError ? `${error.message}\n\n${usage}` : error);
  process.exit(2);
}
