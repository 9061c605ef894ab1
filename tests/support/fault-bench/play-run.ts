/** One run: a stage, a workload, the faults of its plan, then quiet, and the question whether all is as it should be. */
import { checkHistory } from './check-history.ts';
import type { Recorded } from './history.ts';
import { peekIntoJournal } from './journal-peek.ts';
import { isUpToDate } from './payments-api.ts';
import { checkJournal } from './journal-ending.ts';
import type { Act, RunPlan } from './run-plan.ts';
import type { Violation } from './rules/rule.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';

export interface RunResult {
  readonly violations: readonly Violation[];
  /** True when the machine kept this run from running, so that what came late says nothing. */
  readonly starved: boolean;
  /** From the last fault's end until the screen said the truth again, bench time in milliseconds. */
  readonly recoveredMs: number;
  readonly events: number;
  readonly facts: readonly Recorded[];
  /** The newest lines of desk and gateway, for whoever has to find out why. */
  readonly logs: { readonly desk: readonly string[]; readonly gateway: readonly string[] };
}

/** A dead link is known within 15 s; the rest is for machines that are busy with something else, real milliseconds. */
const DEAD_LINK_MS = 15_000;
/** Where single events were taken away, only the regular question for health shows that something is missing. */
const MISSED_EVENT_MS = 60_000 + 15_000 + 5_000;
/** Two tries that hang until they are given up, and the waits before and after. */
const RECOVERY_MS = 75_000;
const RETRY_AFTER_MS = 1_200;
const SLACK_MS = 700;
const ALIVE_MOST_MS = 5_000;
/**
 * The shortest patience is 10 s: a machine that takes more than this of it in one go, milliseconds of real time, or of a
 * run fifty times as fast a fifth of the time, of a slower one less, is measured itself.
 */
const STALL_MOST_MS = 4_000;
const LOST_MOST = 10;
/** Countdowns are within this of the gateway's truth [CK2]. */
const CLOCK_MS = 250;

export async function playRun(plan: RunPlan, scale: number): Promise<RunResult> {
  const { secure, chain, asking, day } = plan;
  const stage = await openStage(`run/${plan.seed}`, scale, { apart: secure, chain, asking, day });
  const violations: Violation[] = [];
  let recoveredMs = 0;
  try {
    if (!(await stage.clock.until(() => stage.truthful(), ALIVE_MOST_MS + bound(scale)))) return notAlive(stage);
    await perform(stage, plan);
    const lifted = stage.clock.now();
    stage.history.add({ type: 'lifted' });
    violations.push(...(await ending(stage)).map(late));
    recoveredMs = (stage.history.facts.findLast(({ type }) => type === 'recovered')?.t ?? stage.clock.now()) - lifted;
    violations.push(...checkHistory(stage.history.facts, staleMs(plan, scale)));
    await stage.desk.restartForJournal();
    if (!(await stage.clock.until(() => stage.truthful(), bound(scale))))
      violations.push(late('[DL9] not live after a restart'));
    const inStep = await closeInStep(stage, bound(scale));
    if (!inStep) violations.push(late('[DL3] the journal did not come up to the log'));
    const journal = checkJournal(stage.desk.journalFile, stage.model);
    // A desk that was not there in time had no chance to write down the end.
    const inTime = violations.length === 0;
    violations.push(...journal.map((text) => ({ text, late: !inTime })));
  } finally {
    await stage.close();
  }
  return { ...resultOf(stage), violations, recoveredMs };
}

function late(text: string): Violation {
  return { text, late: true };
}

function notAlive(stage: Stage): RunResult {
  return { ...resultOf(stage), violations: [late('the stage did not come alive')], recoveredMs: 0 };
}

function resultOf(stage: Stage): Omit<RunResult, 'violations' | 'recoveredMs'> {
  const { clock, scale, history, desk, gateway, model } = stage;
  const starved = clock.worstStall() > STALL_MOST_MS * scale || clock.lost() > LOST_MOST * scale;
  return { starved, events: model.seq, facts: history.facts, logs: { desk: desk.log, gateway: gateway.log } };
}

async function perform(stage: Stage, { acts, workload, commands }: RunPlan): Promise<void> {
  const begun = stage.clock.now();
  const until = (at: number): Promise<void> => stage.clock.pass(begun + at * stage.scale - stage.clock.now());
  const play = async ({ fault: { number }, drawn, at, holdMs }: Act): Promise<void> => {
    await until(at);
    stage.history.add({ type: 'fault', number, phase: 'begins', detail: drawn.detail });
    const lift = await drawn.begin(stage);
    await stage.clock.pass(holdMs * stage.scale);
    await lift();
    stage.history.add({ type: 'fault', number, phase: 'ends', detail: drawn.detail });
  };
  const work = async (): Promise<void> => {
    for (const delivery of workload.deliveries) {
      await until(delivery.at);
      stage.processor.send(delivery);
    }
  };
  const command = async (): Promise<void> => {
    for (const planned of commands) {
      await until(planned.at);
      stage.commander.give(planned);
    }
  };
  await Promise.all([work(), command(), ...acts.map(play)]);
  await stage.processor.settled();
}

/** The quiet after the faults. @returns what did not come right */
async function ending(stage: Stage): Promise<string[]> {
  const most = bound(stage.scale);
  const ms = Math.round(most);
  if (!(await stage.clock.until(() => stage.truthful(), most))) {
    return [`[DL10] after ${ms} ms of quiet the screen does not show what the log says: ${difference(stage)}`];
  }
  stage.history.add({ type: 'recovered' });
  stage.processor.send({ payment: '00000000-0000-4000-8000-000000000000', step: 'created' });
  await stage.processor.settled();
  if (!(await stage.clock.until(() => stage.truthful(), most))) return ['[FR2] one more order did not arrive'];
  await stage.commander.settled();
  const untold = await unasked(stage, most);
  if (untold !== null) return [untold];
  await stage.clock.until(() => allSettled(stage), most);
  stage.history.add({ type: 'quiet' });
  const accurate = await stage.clock.until(() => clockError(stage) <= CLOCK_MS, 75_000 * stage.scale + SLACK_MS);
  return accurate ? [] : [`[CK2] the gateway’s time is shown ${Math.round(clockError(stage))} ms off`];
}

/** A gateway that polls goes on writing: the desk ends at a moment at which it has written down all of it. */
async function closeInStep({ clock, desk, model }: Stage, most: number): Promise<boolean> {
  const inStep = await clock.until(() => peekIntoJournal(desk.journalFile)?.seq === model.seq, most);
  model.freeze();
  await desk.close();
  return inStep;
}

/** Where the gateway asks the processor, it knows in the end all that the processor does, whatever was restored. */
async function unasked({ clock, model, payments, processor }: Stage, most: number): Promise<string | null> {
  if (!payments) return null;
  const lacking = () => processor.known().find((known) => !isUpToDate(model.order(known.payment.order), known));
  if (await clock.until(() => lacking() === undefined, most)) return null;
  const { payment, step } = lacking() ?? {};
  return `[DL1] the processor is at "${step}" with ${payment?.order}, and asking did not bring it out`;
}

function allSettled({ desk }: Stage): boolean {
  return (desk.screen.state?.commands ?? []).every(({ state }) => state === 'done' || state === 'failed');
}

function bound(scale: number): number {
  return RECOVERY_MS * scale + RETRY_AFTER_MS + SLACK_MS;
}

function staleMs({ acts }: RunPlan, scale: number): number {
  const meddled = acts.some(({ fault }) => fault.needs.includes('events'));
  return (meddled ? MISSED_EVENT_MS : DEAD_LINK_MS) * scale + SLACK_MS;
}

/** How far the desk's idea of the gateway's time is off. */
function clockError({ desk, gateway }: Stage): number {
  const { state, stateAt } = desk.screen;
  return state ? Math.abs(state.clock.gatewayNow - (gateway.now() - (performance.now() - stateAt))) : Infinity;
}

function difference({ desk: { screen }, model }: Stage): string {
  const wrong = [...model.bodies].filter(([id, body]) => screen.orders.get(id) !== body).map(([id]) => id);
  const surplus = [...screen.orders.keys()].filter((id) => !model.bodies.has(id));
  const connection = JSON.stringify(screen.state?.connection);
  return `${wrong.length} wrong or missing, ${surplus.length} too many, ${connection}, complete ${screen.complete}`;
}
