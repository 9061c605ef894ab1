/**
 * `npm run faults -- --runs N --seed S [--only 9,10] [--jobs N] [--real-time] [--verbose]`: plays N seeded runs, one line
 * each, and a summary. `--table` plays every fault alone instead and writes what was seen to docs/faults.md. Exits with 1 when an invariant was violated, with 2 when the arguments are wrong.
 */
import { parseArgs } from 'node:util';
import { playBench } from '../support/fault-bench/play-bench.ts';
import { writeTable } from './write-table.ts';
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
      table: { type: 'boolean', default: false },
    },
  });
  if (values.table) return (await writeTable((line) => console.log(line))) === 0 ? 0 : 1;
  const failed = await playBench({
    runs: numberOf('runs', values.runs),
    seed: numberOf('seed', values.seed),
    only: numbersOf('only', values.only),
    jobs: numberOf('jobs', values.jobs),
    realTime: values['real-time'],
    verbose: values.verbose,
    print: (line) => console.log(line),
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
