import { watchDisk } from './failing-disk.ts';
import { playInPeace } from './play-in-peace.ts';
import type { RunResult } from './play-run.ts';
import { planRun } from './run-plan.ts';
import type { RunPlan } from './run-plan.ts';

/** How much faster than in real time a run is played by default. */
export const SPEED = 50;

export interface BenchOptions {
  readonly runs: number;
  /** The first run's; the others follow, so that any run can be played again alone. */
  readonly seed: number;
  readonly only: readonly number[];
  /** Runs at the same time. */
  readonly jobs: number;
  /** How much faster than in real time; a busy machine needs more of it. */
  readonly speed: number;
  /** Prints the history of what failed. */
  readonly verbose: boolean;
  /** Stops after the first run that failed. */
  readonly untilViolated: boolean;
  readonly print: (line: string) => void;
}

interface Tally {
  failed: number;
  /** Runs that were played again because the machine was too busy to tell what is late. */
  again: number;
  readonly recovered: number[];
  readonly drawn: Map<number, number>;
}

/** Plays many runs. @returns how many failed */
export async function playBench(options: BenchOptions): Promise<number> {
  const tally: Tally = { failed: 0, again: 0, recovered: [], drawn: new Map() };
  const started = performance.now();
  const release = watchDisk();
  let next = options.seed;
  const work = async (): Promise<void> => {
    for (let seed = next++; seed < options.seed + options.runs; seed = next++) {
      if (options.untilViolated && tally.failed > 0) return;
      await playOne(seed, options, tally);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  } finally {
    release();
  }
  summarise(options, tally, (performance.now() - started) / 1000);
  return tally.failed;
}

async function playOne(seed: number, options: BenchOptions, tally: Tally): Promise<void> {
  const plan = planRun(seed, options.only);
  for (const { fault } of plan.acts) tally.drawn.set(fault.number, (tally.drawn.get(fault.number) ?? 0) + 1);
  const result = await playInPeace(plan, 1 / options.speed, {
    again: () => void (tally.again += 1),
  });
  tally.recovered.push(result.recoveredMs);
  const acts = plan.acts.map(({ fault, drawn }) => `${fault.number} ${fault.title} (${drawn.detail})`).join(' + ');
  const good = result.violations.length === 0;
  const what = good ? `ok, ${result.events} events, true again after ${Math.round(result.recoveredMs)} ms` : 'VIOLATED';
  const node = plan.chain === 'anvil' ? ', a real node' : '';
  options.print(`seed ${seed}  ${what}  ${acts}${node}`);
  if (good) return;
  tally.failed += 1;
  for (const { text } of result.violations) options.print(`    ${text}`);
  if (result.starved)
    options.print('    (the machine was busy with something else: what is late here may be its doing)');
  options.print(`    again: npm run faults -- ${replay(plan, options)}`);
  if (options.verbose) for (const line of story(result)) options.print(`    ${line}`);
}

function replay({ seed }: RunPlan, { only, speed }: BenchOptions): string {
  const more = [
    ...(only.length > 0 ? [`--only ${only.join(',')}`] : []),
    ...(speed === SPEED ? [] : [`--speed ${speed}`]),
  ];
  return ['--runs 1', `--seed ${seed}`, ...more, '--verbose'].join(' ');
}

/** What happened, as short as it can be read. */
function story({ facts, logs }: RunResult): string[] {
  const told = facts.map(({ t, ...fact }) => {
    const text = JSON.stringify(fact, (key, value: unknown) => (key === 'body' || key === 'data' ? undefined : value));
    return `${Math.round(t)} ${text.slice(0, 400)}`;
  });
  return [...told, ...logs.desk.map((line) => `desk ${line}`), ...logs.gateway.map((line) => `gateway ${line}`)];
}

function summarise(
  { runs, seed, speed, print }: BenchOptions,
  { failed, again, recovered, drawn }: Tally,
  seconds: number,
): void {
  const sorted = [...recovered].sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  print('');
  print(
    `${runs} runs from seed ${seed}, ${speed} times as fast as real time, in ${seconds.toFixed(1)} s: ${failed} violated`,
  );
  print(`true again after the last fault: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, most ${at(1)} ms`);
  if (again > 0) print(`played again, because the machine was busy with something else: ${again}`);
  const counts = [...drawn].sort(([a], [b]) => a - b).map(([number, count]) => `${number}: ${count}`);
  print(`faults drawn: ${counts.join(', ')}`);
}
