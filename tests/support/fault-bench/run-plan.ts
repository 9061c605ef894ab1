import { seededRandom } from '../../../demo/clock/random.ts';
import { catalogue, faultOf } from './catalogue.ts';
import { anvilBinary } from '../anvil/start-anvil.ts';
import type { ChainKind } from './chain/bench-chain.ts';
import type { Drawn, Fault, Part } from './fault.ts';
import { planCommands } from './commander.ts';
import type { PlannedCommand } from './commander.ts';
import { planWorkload } from './workload.ts';
import type { WorkloadPlan } from './workload.ts';

/** One fault, when it begins and how long it lasts, milliseconds of real time. */
export interface Act {
  readonly fault: Fault;
  readonly drawn: Drawn;
  readonly at: number;
  readonly holdMs: number;
}

export interface RunPlan {
  readonly seed: number;
  readonly acts: readonly Act[];
  readonly workload: WorkloadPlan;
  readonly commands: readonly PlannedCommand[];
  /** The way goes through a proxy and TLS, as between two machines. */
  readonly secure: boolean;
  /** What customers pay on, where a fault is about that. */
  readonly chain: ChainKind | null;
  /** The gateway has the processor's interface to ask. */
  readonly asking: boolean;
  /** Hours and days are over in no time for the desk's connection. */
  readonly day: boolean;
}

export const DISORDER = 40;
const SPAN_MS = 40_000;
/** Fewer than the screen lists, so that none leaves the list. */
const COMMANDS = 8;
const USUAL = { twice: 0.1, late: 0.1, shuffled: 0.1, never: 0.02 };
/** In so many runs the gateway is on another machine. */
const SECURE = 0.25;
const REAL_NODE = 0.15;
const DISORDERLY = { twice: 0.5, late: 0.5, shuffled: 0.5, never: 0.2 };

/** One fault alone, so that what is seen is its own doing. @throws RangeError for a number that is not played here */
export function planAlone(number: number, seed: number): RunPlan {
  const fault = faultOf(number);
  const drawn = fault.draw(seededRandom(`fault/${seed}/${number}`));
  const disorder = number === DISORDER ? DISORDERLY : USUAL;
  const workload = planWorkload(seededRandom(`work/${seed}`), 10, SPAN_MS, disorder);
  const acts = [{ fault, drawn, at: 10_000, holdMs: 30_000 }];
  const chain = needs([fault], 'chain') ? 'pretend' : null;
  return {
    seed,
    acts,
    workload,
    commands: commandsOf(seed),
    secure: needs([fault], 'secure'),
    ...world([fault], chain),
  };
}

/**
 * All that a run does, from its seed alone. Seeds in a row play every fault in turn, alone or with up to two others.
 * @param only numbers to choose from; empty for all
 * @throws RangeError for a number that is not played here
 */
export function planRun(seed: number, only: readonly number[] = []): RunPlan {
  const random = seededRandom(`plan/${seed}`);
  const pool = only.length === 0 ? catalogue : only.map(faultOf);
  const first = pool[seed % pool.length];
  if (!first) throw new RangeError('no fault to play');
  const chosen = [first];
  for (let more = random.between(0, 2); more > 0; more -= 1) {
    const other = random.pick(pool);
    if (chosen.every((fault) => compatible(fault, other))) chosen.push(other);
  }
  const acts = chosen.map((fault): Act => {
    const own = seededRandom(`fault/${seed}/${fault.number}`);
    return {
      fault,
      drawn: fault.draw(own),
      at: 2_000 + 20_000 * random.next(),
      holdMs: 2_000 + 28_000 * random.next(),
    };
  });
  const disorder = chosen.some(({ number }) => number === DISORDER) ? DISORDERLY : USUAL;
  const workload = planWorkload(seededRandom(`work/${seed}`), 10, SPAN_MS, disorder);
  const secure = needs(chosen, 'secure') || random.chance(SECURE);
  return { seed, acts, workload, commands: commandsOf(seed), secure, ...world(chosen, chainFor(seed, chosen)) };
}

function needs(faults: readonly Fault[], part: Part): boolean {
  return faults.some((fault) => fault.needs.includes(part));
}

function world(faults: readonly Fault[], chain: ChainKind | null): Pick<RunPlan, 'chain' | 'asking' | 'day'> {
  return { chain, asking: needs(faults, 'processor'), day: needs(faults, 'day') };
}

/** A real node in some of the runs that can do with one. */
function chainFor(seed: number, faults: readonly Fault[]): ChainKind | null {
  if (!needs(faults, 'chain')) return null;
  const real = !needs(faults, 'two-nodes') && seededRandom(`chain/${seed}`).chance(REAL_NODE);
  return real && anvilBinary() !== null ? 'anvil' : 'pretend';
}

function commandsOf(seed: number): PlannedCommand[] {
  return planCommands(seededRandom(`commands/${seed}`), COMMANDS, SPAN_MS);
}

function compatible(a: Fault, b: Fault): boolean {
  return a !== b && !a.needs.some((part) => b.needs.includes(part));
}
