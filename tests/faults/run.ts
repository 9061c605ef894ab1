/**
 * `npm run faults -- --runs N --seed S [--only 9,10] [--jobs N] [--real-time] [--verbose] [--until-violated]`: plays N
 * seeded runs, one line each, and a summary. `--table` plays every fault alone instead and writes what was seen to
 * docs/faults.md; `--mutations` takes away one guard after the other and expects the bench to miss it within N runs.
 * `--soak --hours N` (`npm run soak`) runs desk and gateway for hours, an hour in 72 seconds, and prints what grew.
 * Exits with 1 when an invariant was violated or a guard was not missed, with 2 when the arguments are wrong.
 */
import { parseArgs } from 'node:util';
import { playBench } from '../support/fault-bench/play-bench.ts';
import { writeTable } from './write-table.ts';
import { playMutations } from './play-mutations.ts';
import { playSoak } from './soak.ts';
import { numberOf, numbersOf } from './run-arguments.ts';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '40' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      jobs: { type: 'string', default: '3' },
      'real-time': { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      'until-violated': { type: 'boolean', default: false },
      table: { type: 'boolean', default: false },
      mutations: { type: 'boolean', default: false },
      soak: { type: 'boolean', default: false },
      hours: { type: 'string', default: '8' },
    },
  });
  const print = (line: string): void => console.log(line);
  const runs = numberOf('runs', values.runs);
  const seed = numberOf('seed', values.seed);
  if (values.table) return (await writeTable(print)) === 0 ? 0 : 1;
  if (values.mutations) return (await playMutations({ runs, seed, print })) === 0 ? 0 : 1;
  if (values.soak) return (await playSoak(numberOf('hours', values.hours), print)) ? 0 : 1;
  const failed = await playBench({
    ...{ runs, seed, print },
    only: numbersOf('only', values.only),
    jobs: numberOf('jobs', values.jobs),
    realTime: values['real-time'],
    verbose: values.verbose,
    untilViolated: values['until-violated'],
  });
  return failed === 0 ? 0 : 1;
}

try {
  // Engine.IO keeps a timer of 30 s for a polling session that died; nobody has to wait for it.
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
}
