import { parseArgs } from 'node:util';

export interface BenchArguments {
  /** Ids of goals in lower case; empty for all. */
  readonly goals: readonly string[];
  readonly rounds: number;
  readonly quick: boolean;
  readonly profile: boolean;
  /** A Markdown file whose table is replaced by the one measured; null for none. */
  readonly table: string | null;
}

/** Anchor and ours are interleaved at least this often, so that a median means something. */
export const LEAST_ROUNDS = 5;

export const usage = `npm run bench -- [p1 p2 …] [--rounds N] [--quick] [--profile] [--table FILE]

  p1 p2 …      only these goals; all without
  --rounds N   how often anchor and ours are measured in turn, at least ${LEAST_ROUNDS}
  --quick      a run of seconds that shows that everything works; its figures mean nothing
  --profile    writes processor profiles of what is measured to .cache/bench/
  --table FILE puts the table, and what it was measured on, between the marks in FILE, such as docs/bench.md`;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: String(LEAST_ROUNDS) },
        quick: { type: 'boolean', default: false },
        profile: { type: 'boolean', default: false },
        table: { type: 'string' },
      },
    });
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** @throws RangeError saying what is wrong */
export function benchArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const { values, positionals } = parsed(args);
  const goals = positionals.map((goal) => goal.toLowerCase());
  const unknown = goals.find((goal) => !known.includes(goal));
  if (unknown !== undefined) throw new RangeError(`there is no goal "${unknown}"; known are ${known.join(', ')}`);
  if (!/^\d{1,3}$/.test(values.rounds) || Number(values.rounds) < LEAST_ROUNDS) {
    throw new RangeError(`--rounds takes a whole number from ${LEAST_ROUNDS} on, not "${values.rounds}"`);
  }
  const { quick, profile, table = null } = values;
  if (quick && table !== null) throw new RangeError('a quick run measures nothing that a table could tell');
  return { goals, rounds: quick ? 1 : Number(values.rounds), quick, profile, table };
}
