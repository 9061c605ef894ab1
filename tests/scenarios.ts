/**
 * `npm run scenarios [-- --source KIND] [--runs N] [--seed S]`: seeded lives at the pretend processors, each to end in the
 * processor's own final state. Prints a line for each source; exits with 1 when one ended otherwise, with 2 for wrong
 * arguments. A seed that is printed replays exactly.
 */
import { parseArgs } from 'node:util';
import { openWorldStorage, playWorld, processorKinds } from './support/processor-world/play-world.ts';
import type { Difference, ProcessorKind } from './support/processor-world/play-world.ts';

const LIVES = 50;
const MOST_RUNS = 1_000_000;
/** Differences that are written out; the others are counted. */
const SHOWN = 5;

interface Wanted {
  readonly kinds: readonly ProcessorKind[];
  readonly runs: number;
  readonly seed: string;
}

function wantedIn(argv: readonly string[]): Wanted | string {
  const options = { source: { type: 'string' }, runs: { type: 'string' }, seed: { type: 'string' } } as const;
  try {
    const { source, runs = '1000', seed = '1' } = parseArgs({ args: [...argv], options, strict: true }).values;
    const kinds = processorKinds.filter((kind) => source === undefined || kind === source);
    if (kinds.length === 0) return `--source takes one of ${processorKinds.join(', ')}`;
    const count = Number(runs);
    if (!Number.isInteger(count) || count < 1 || count > MOST_RUNS) return `--runs takes 1 to ${MOST_RUNS}`;
    if (!/^[\w.-]{1,64}$/.test(seed)) return '--seed takes up to 64 letters, digits, dots and dashes';
    return { kinds, runs: count, seed };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @returns how many ended otherwise */
async function play(kind: ProcessorKind, { runs, seed }: Wanted): Promise<number> {
  const shared = await openWorldStorage();
  const startedAt = performance.now();
  const wrong: string[] = [];
  let objects = 0;
  try {
    for (let n = 0; objects < runs; n += 1) {
      const world = `${kind}-${seed}-${n}`;
      const lives = Math.min(LIVES, runs - objects);
      const played = await playWorld(kind, shared, { seed: world, lives, configured: n % 2 === 0 });
      objects += played.objects;
      wrong.push(...played.differences.map((each) => lineOf(world, each)));
      if (process.stderr.isTTY) process.stderr.write(`\r${kind}: ${objects} of ${runs}`);
    }
  } finally {
    await shared.close();
  }
  if (process.stderr.isTTY) process.stderr.write('\r');
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const summary = `${kind}: ${objects} scenarios, ${wrong.length} ended otherwise; seed ${seed}, ${seconds} s`;
  process.stdout.write(`${[summary, ...wrong.slice(0, SHOWN)].join('\n')}\n`);
  return wrong.length;
}

function lineOf(world: string, { ref, shown, expected }: Difference): string {
  const about = ref === null ? 'trouble of the gateway' : `object ${ref}`;
  return `  world ${world}, ${about}: ${JSON.stringify(shown)} instead of ${JSON.stringify(expected)}`;
}

async function main(): Promise<number> {
  const wanted = wantedIn(process.argv.slice(2));
  if (typeof wanted === 'string') {
    process.stderr.write(`${wanted}\nUsage: npm run scenarios -- [--source KIND] [--runs N] [--seed S]\n`);
    return 2;
  }
  let wrong = 0;
  for (const kind of wanted.kinds) wrong += await play(kind, wanted);
  return wrong === 0 ? 0 : 1;
}

process.exitCode = await main();
