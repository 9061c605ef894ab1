/** The short run of the fault bench: every fault once, seeded; `npm run faults` plays as many as one likes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../support/fault-bench/catalogue.ts';
import { watchDisk } from '../support/fault-bench/failing-disk.ts';
import { playInPeace } from '../support/fault-bench/play-in-peace.ts';
import { planRun } from '../support/fault-bench/run-plan.ts';

/** Seeds in a row play one fault after the other. */
const RUNS = Math.max(40, catalogue.length);
const SEED = 1;
/** Half as fast as the bench by default: these runs share the machine with whatever else a test run does. */
const SPEED = 25;

let release: () => void;
beforeAll(() => (release = watchDisk()));
afterAll(() => release());

const plans = Array.from({ length: RUNS }, (_, n) => planRun(SEED + n));
const titled = plans.map((plan) => ({ plan, title: plan.acts.map(({ fault }) => fault.title).join(' + ') }));

test.concurrent.for(titled)('[DL2][DL10] seed $plan.seed: $title', async ({ plan }) => {
  const { violations } = await playInPeace(plan, 1 / SPEED);
  expect(violations).toEqual([]);
});

test('every fault of the bench is in the short run', () => {
  const played = new Set(plans.flatMap(({ acts }) => acts.map(({ fault }) => fault.number)));
  expect(catalogue.map(({ number }) => number).filter((number) => !played.has(number))).toEqual([]);
});
