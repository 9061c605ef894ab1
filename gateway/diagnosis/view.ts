/** What a rule of diagnosis sees, and what it answers. */
import type { FindingCode } from '../../contract/diagnosis.ts';
import type { Finding, Order } from '../../contract/order.ts';
import type { Observations } from '../observations.ts';
import type { Deadlines } from './deadlines.ts';
import type { DiagnosisPolicy, ReleaseRule } from './policy.ts';

export interface View {
  readonly order: Order;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the order's store. */
  readonly rules: readonly ReleaseRule[];
  readonly policy: DiagnosisPolicy;
  readonly observed: Observations;
  readonly deadlines: Deadlines;
}

/** A finding before it is known how severe it is and since when. */
export interface Found {
  readonly code: FindingCode;
  readonly evidence: readonly string[];
  readonly nextStep: string;
  readonly facts?: Readonly<Record<string, string>>;
  /** Since when, where the rule knows; else since it was found. */
  readonly since?: number;
}

/** What the order carries already of a code. */
export function heldFinding({ order }: Pick<View, 'order'>, code: FindingCode): Finding | undefined {
  return order.diagnosis.find((finding) => finding.code === code);
}

/** A finding as the order carries it, to be found again as it stands. */
export function asHeld({ evidence, nextStep, facts }: Finding, code: FindingCode): Found {
  return { code, evidence, nextStep, ...(facts && { facts }) };
}
