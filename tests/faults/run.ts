/**
 * `npm run faults` plays seeded runs of the fault catalogue, one line each, and a summary; `npm run soak` runs desk and
 * gateway for hours and prints what grew. Exits with 1 when an invariant was violated or a guard was not missed, with 2
 * when the arguments are wrong.
 */
import { parseArgs } from 'node:util';
import { SPEED, playBench } from '../support/fault-bench/play-bench.ts';
import { writeTable } from './write-table.ts';
import { playMutations } from './play-mutations.ts';
import { playSoak } from './soak.ts';
import { numberOf, numbersOf } from './run-arguments.ts';

const usage = `npm run faults -- [--runs N] [--seed S] [--only 9,10] [--jobs N] [--speed N] [--verbose] [--until-violated]
npm run faults -- --table [--only 9,10]
npm run faults -- --mutations [--runs N] [--seed S]
npm run soak -- [--hours N]

  --runs N          how many seeded runs (40)
  --seed S          of the first run (1); a seed that is printed replays its run
  --only N,N        only these faults of the catalogue, by number
  --jobs N          runs at once (3)
  --speed N         how much faster than by default all timers are (${SPEED}); 1 is real time
  --verbose         tells what happened in each run
  --until-violated  ends with the first violation
  --table           plays every fault alone, and writes what was seen to docs/faults.md
  --mutations       takes away one guard after the other, and expects the bench to miss it
  --hours N         how long the soak plays (8), an hour in 72 seconds

  Exit codes: 0 all is well, 1 something was violated or not missed, 2 wrong arguments.`;

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '40' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      jobs: { type: 'string', default: '3' },
      speed: { type: 'string', default: String(SPEED) },
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
  const speed = Math.max(1, numberOf('speed', values.speed));
  const jobs = numberOf('jobs', values.jobs);
  const only = numbersOf('only', values.only);
  if (values.table) return (await writeTable({ speed, jobs, only, print })) === 0 ? 0 : 1;
  if (values.mutations) return (await playMutations({ runs, seed, print })) === 0 ? 0 : 1;
  if (values.soak) return (await playSoak(numberOf('hours', values.hours), print)) ? 0 : 1;
  const failed = await playBench({
    ...{ runs, seed, jobs, speed, print },
    only,
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
