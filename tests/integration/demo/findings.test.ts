/** What the demo shows, beside a real gateway, in a time that passes faster. */
import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findingCodes } from '../../../contract/diagnosis.ts';
import type { FindingCode } from '../../../contract/diagnosis.ts';
import { interludes, scenarios } from '../../../demo/programme/programme.ts';
import { scenarioNames } from '../../../demo/scenarios/names.ts';
import type { ScenarioName } from '../../../demo/scenarios/names.ts';
import type { Stage } from '../../../demo/stage/stage.ts';
import { openFastDemo } from '../../support/demo/fast-demo.ts';
import type { FastDemo } from '../../support/demo/fast-demo.ts';
import { PATIENCE } from '../../support/patience.ts';

const SPEED = 15;
const MINUTE = 60_000;
const TIMEOUT = 300_000;
const lines = new Set(interludes.map(([, name]) => name));
const reorgs: readonly ScenarioName[] = ['reorged', 'reorg-after-release'];
const ofLines: readonly FindingCode[] = ['node-behind', 'node-down', 'nodes-disagree', 'processor-down'];
let open: FastDemo | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function started(rate: number): Promise<FastDemo> {
  return (open = await openFastDemo({ speed: SPEED, rate }));
}

const troublesSaid = (fast: FastDemo) => fast.lines.filter((line) => /went wrong|given up|was refused/.test(line));

describe('the programme', () => {
  it('[DG1] shows every finding within its first ten minutes', { timeout: TIMEOUT }, async () => {
    const fast = await started(10);
    const playing = fast.demo.play();
    const missing = () => findingCodes.filter((code) => !fast.seen.has(code));
    const isOver = () => missing().length === 0 || fast.elapsed() > 10 * MINUTE;
    await vi.waitUntil(isOver, { timeout: TIMEOUT, interval: 50 });
    expect(missing()).toEqual([]);
    expect(troublesSaid(fast)).toEqual([]);
    await fast.demo.close();
    await playing;
  });
});

interface Shown {
  /** What is found of it, beside that it confirms and that a line of others is down. */
  readonly finds: readonly FindingCode[];
  /** What is left in the end: nothing where the scenario mends it, else what a person has to settle or to know. */
  readonly leaves?: readonly FindingCode[];
  readonly status: string;
}

const paid = { finds: [], status: 'paid' };

/** A slow payment is sent again, taken back or forgotten because its fee is too low: that is found first. */
const expected: Readonly<Record<ScenarioName, Shown>> = {
  native: paid,
  token: paid,
  processor: paid,
  'processor-on-chain': paid,
  'test-mode': paid,
  'big-number': paid,
  bitcoin: paid,
  btcpay: paid,
  'btcpay-lightning': paid,
  coinbase: paid,
  'processor-cancelled': { finds: [], status: 'cancelled' },
  refunded: { finds: [], status: 'refunded' },
  'coinbase-refunded': { finds: [], status: 'refunded' },
  'partly-refunded': paid,
  unmatched: { finds: [], status: 'awaiting' },
  underpaid: { finds: ['underpaid'], leaves: ['underpaid'], status: 'expired' },
  'processor-underpaid': { finds: ['underpaid'], leaves: ['underpaid'], status: 'expired' },
  'btcpay-underpaid': { finds: ['underpaid'], leaves: ['underpaid'], status: 'awaiting' },
  overpaid: { finds: ['overpaid'], leaves: ['overpaid'], status: 'paid' },
  'processor-overpaid': { finds: ['overpaid'], leaves: ['overpaid'], status: 'paid' },
  late: { finds: ['expired-unpaid', 'late'], leaves: ['late'], status: 'paid' },
  'processor-late': { finds: ['expired-unpaid', 'late'], leaves: ['late'], status: 'paid' },
  expired: { finds: ['expired-unpaid'], leaves: ['expired-unpaid'], status: 'expired' },
  'processor-expired': { finds: ['expired-unpaid'], leaves: ['expired-unpaid'], status: 'expired' },
  double: { finds: ['double-payment', 'overpaid'], leaves: ['overpaid', 'double-payment'], status: 'paid' },
  'in-parts': { finds: ['paid-in-parts', 'underpaid'], leaves: ['paid-in-parts'], status: 'paid' },
  'wrong-asset': { finds: ['wrong-asset'], leaves: ['wrong-asset'], status: 'expired' },
  'wrong-chain': { finds: ['wrong-chain'], leaves: ['wrong-chain'], status: 'awaiting' },
  'fake-token': { finds: ['fake-token'], leaves: ['fake-token'], status: 'awaiting' },
  reverted: { finds: ['reverted'], status: 'paid' },
  stuck: { finds: ['fee-too-low'], status: 'paid' },
  replaced: {
    finds: ['cancelled-by-sender', 'expired-unpaid', 'fee-too-low'],
    leaves: ['cancelled-by-sender', 'expired-unpaid'],
    status: 'expired',
  },
  'sped-up': { finds: ['fee-too-low', 'replaced'], status: 'paid' },
  'bitcoin-replaced': { finds: ['replaced'], status: 'paid' },
  'nonce-gap': { finds: ['nonce-gap'], status: 'paid' },
  dropped: { finds: ['dropped', 'fee-too-low'], status: 'paid' },
  reorged: { finds: ['reorged'], status: 'paid' },
  'reorg-after-release': {
    finds: ['dropped', 'reorg-after-release'],
    leaves: ['reorg-after-release', 'dropped'],
    status: 'awaiting',
  },
  'not-broadcast': { finds: ['not-broadcast'], status: 'paid' },
  'not-paid-here': { finds: ['not-paid-here'], status: 'paid' },
  'not-watched': { finds: ['chain-not-watched'], leaves: ['chain-not-watched'], status: 'awaiting' },
  'witness-conflict': { finds: ['witness-conflict'], status: 'paid' },
  'webhook-missing': { finds: ['webhook-missing'], status: 'paid' },
  provisional: { finds: ['provisional'], status: 'refunded' },
  'processor-down': { finds: ['expired-unpaid', 'processor-down'], leaves: ['expired-unpaid'], status: 'expired' },
  'node-down': { finds: ['expired-unpaid', 'node-down'], leaves: ['expired-unpaid'], status: 'expired' },
  'node-behind': { finds: ['node-behind'], status: 'paid' },
  'nodes-disagree': { finds: ['nodes-disagree'], status: 'paid' },
};

/** A stage that notes what is sold on it. */
function noting(stage: Stage, note: (reference: string) => void): Stage {
  const noted = <S extends { reference: string }>(sale: S): S => {
    note(sale.reference);
    return sale;
  };
  return {
    ...stage,
    sellDirect: async (terms) => noted(await stage.sellDirect(terms)),
    openPayment: (terms) => noted(stage.openPayment(terms)),
    openInvoice: (lifeSeconds) => noted(stage.openInvoice(lifeSeconds)),
    openCheckout: () => noted(stage.openCheckout()),
  };
}

/** Plays every scenario beside the others, but for what happens to a whole chain or line: that when the rest is told. */
async function playAll(demo: FastDemo['demo']): Promise<ReadonlyMap<ScenarioName, string>> {
  const references = new Map<ScenarioName, string>();
  const play = (name: ScenarioName): Promise<unknown> =>
    scenarios[name](noting(demo.stage, (reference) => references.set(name, reference)));
  const onTheSecondChain = async () => {
    await play('node-behind');
    await demo.stage.wait(MINUTE);
    await play('nodes-disagree');
  };
  const elsewhere = async () => {
    await demo.stage.wait(6 * MINUTE);
    for (const name of reorgs) await play(name);
    await Promise.all([play('processor-down'), play('node-down')]);
  };
  const others = scenarioNames.filter((name) => !lines.has(name) && !reorgs.includes(name));
  await Promise.all([...others.map(play), onTheSecondChain(), elsewhere()]);
  return references;
}

async function shownOf(fast: FastDemo, name: ScenarioName, reference = ''): Promise<Shown> {
  const order = await fast.order(reference);
  const { finds: wanted } = expected[name];
  const isOwn = (code: FindingCode) => code !== 'confirming' && (!ofLines.includes(code) || wanted.includes(code));
  const leaves = (order?.diagnosis ?? []).map(({ code }) => code as FindingCode).filter(isOwn);
  const finds = fast.seenOf(reference).filter(isOwn);
  return { finds, ...(leaves.length > 0 && { leaves }), status: order?.status ?? 'none' };
}

describe('each scenario', () => {
  it('[DG1] finds what it is named for, and leaves nothing where it mends it', { timeout: TIMEOUT }, async () => {
    const fast = await started(0);
    const references = await playAll(fast.demo);
    const rows = () =>
      Promise.all(scenarioNames.map(async (name) => ({ name, ...(await shownOf(fast, name, references.get(name))) })));
    // Only what is otherwise: a report of all scenarios would be cut before it came to them.
    const others = async () => (await rows()).filter(({ name, ...is }) => !isDeepStrictEqual(is, expected[name]));
    await vi.waitFor(async () => expect(await others()).toEqual([]), { ...PATIENCE, interval: 200 });
    expect(troublesSaid(fast)).toEqual([]);
  });
});
