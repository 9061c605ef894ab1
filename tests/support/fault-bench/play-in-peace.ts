import { DeskError } from '../../../main/desk/desk.ts';
import { playRun } from './play-run.ts';
import type { RunResult } from './play-run.ts';
import type { RunPlan } from './run-plan.ts';

/** How often, and how much longer each time it is waited for the machine to be less busy. */
const AGAIN_MOST = 5;
const PEACE_MS = 2_000;

export interface Peace {
  /** Told of every run that is played again. */
  readonly again?: () => void;
  /** Every run on a busy machine is played again, not only one in which something came late: for what is written down. */
  readonly wholly?: boolean;
}

/** Plays a run; one in which nothing but the time was violated, on a machine that took that time, is played again. */
export async function playInPeace(
  plan: RunPlan,
  scale: number,
  { again, wholly = false }: Peace = {},
): Promise<RunResult> {
  for (let tries = 0; ; tries += 1) {
    const result = await playRun(plan, scale).catch(broken);
    const { violations, starved } = result;
    const excused = starved && violations.every(({ late }) => late) && (wholly || violations.length > 0);
    if (!excused || tries === AGAIN_MOST) return result;
    again?.();
    await new Promise((resolve) => setTimeout(resolve, PEACE_MS * (tries + 1)));
  }
}

function broken(error: unknown): RunResult {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    // The stage itself could not be set up in time: the person who pairs was told so.
    violations: [{ text: `the run broke: ${why}`, late: error instanceof DeskError }],
    starved: error instanceof DeskError,
    recoveredMs: 0,
    events: 0,
    facts: [],
    logs: { desk: [], gateway: [] },
  };
}
