/** What happens to a payment, what has to be found of it then, and what takes that away again. */
import { expect } from 'vitest';
import { findingKinds } from '../../../contract/diagnosis.ts';
import type { FindingCode } from '../../../contract/diagnosis.ts';
import { formatUnits } from '../../../contract/money.ts';
import type { Verdict } from '../../../contract/order.ts';
import type { DiagnosedOrder } from './diagnosed-order.ts';
import type { Payer } from './payer.ts';

export interface Stage<P extends Payer = Payer> {
  readonly payer: P;
  readonly order: DiagnosedOrder;
}

export interface Scenario<P extends Payer = Payer> {
  readonly name: string;
  readonly code: FindingCode;
  /** @returns the finding's evidence, line by line */
  readonly play: (stage: Stage<P>) => Promise<readonly (string | RegExp)[]>;
  /** All that is found then, in the order in which it is shown. */
  readonly finds: readonly FindingCode[];
  readonly verdict: Verdict;
  /** What mends it. */
  readonly mend: (stage: Stage<P>) => Promise<unknown>;
  /** What stays: nothing, but where it is something to know rather than to do. */
  readonly leaves?: readonly FindingCode[];
  /** `release` where it is left out: in the end the goods may go. */
  readonly verdictAfter?: Verdict;
  /** Only a node that knows every transaction can say that there is none. */
  readonly isAbsence?: true;
  /** How soon the gateway takes a transaction for forgotten that no pool holds; long where it is left out. */
  readonly forgottenAfterMs?: number;
}

/** Longer than any test takes. */
export const NEVER_MS = 60 * 60_000;

/** Base units of what the payer sends, as people read them. */
export function worth({ pay: [option] }: Payer, amount = BigInt(option.amount)): string {
  return `${formatUnits(amount, option.decimals ?? 0)} ${option.symbol}`;
}

export function due({ pay: [option] }: Payer): bigint {
  return BigInt(option.amount);
}

/** What an order carries while a code is found of it; the flag alone may stand for several codes. */
function flagsOf(codes: readonly FindingCode[]): string[] {
  return codes.flatMap((code) => findingKinds[code].flag ?? []);
}

/** Plays it, and demands the finding with its evidence, and that it leaves when it is mended. */
export async function playScenario<P extends Payer>(stage: Stage<P>, scenario: Scenario<P>): Promise<void> {
  const { code, finds, leaves = [], verdict, verdictAfter = 'release' } = scenario;
  const { order } = stage;
  const began = order.now();
  const evidence = await scenario.play(stage);
  const lines = evidence.map((line): unknown => (typeof line === 'string' ? line : expect.stringMatching(line)));
  await order.until((held) => {
    expect(held.diagnosis.map((each) => each.code)).toEqual(finds);
    const finding = held.diagnosis.find((each) => each.code === code);
    expect(finding?.evidence).toEqual(lines);
    expect(finding?.severity).toBe(findingKinds[code].severity);
    expect(finding?.nextStep).toMatch(/^[A-Z].*\.$/);
    expect(finding?.since).toBeGreaterThanOrEqual(began);
    expect(finding?.since).toBeLessThanOrEqual(order.now());
    expect(held.flags).toEqual(expect.arrayContaining(flagsOf(finds)));
    expect(held.verdict).toBe(verdict);
  });
  await scenario.mend(stage);
  await order.until((held) => {
    expect(held.diagnosis.map((each) => each.code)).toEqual(leaves);
    for (const flag of flagsOf([code])) expect(held.flags).not.toContain(flag);
    expect(held.verdict).toBe(verdictAfter);
  });
}
