/** Verdict, findings and chain flags of an order; only what differs from what the order carries becomes a draft. */
import { isDeepStrictEqual } from 'node:util';
import { findingCodes, findingKinds } from '../../contract/diagnosis.ts';
import type { FindingCode } from '../../contract/diagnosis.ts';
import { chainFlags } from '../../contract/order.ts';
import type { Finding, Flag, Order } from '../../contract/order.ts';
import type { EventDraft } from '../ledger.ts';
import { Deadlines } from './deadlines.ts';
import type { Diagnose } from './diagnosis.ts';
import { assetFindings } from './findings/asset-findings.ts';
import { confirmingFinding } from './findings/confirming-finding.ts';
import { lineFindings } from './findings/line-findings.ts';
import { moneyFindings } from './findings/money-findings.ts';
import { notPaidHere } from './findings/not-paid-here.ts';
import { orderFindings } from './findings/order-findings.ts';
import { paymentFindings } from './findings/payment-findings.ts';
import { pendingFindings } from './findings/pending-findings.ts';
import { webhookMissing } from './findings/webhook-missing.ts';
import { witnessConflict } from './findings/witness-conflict.ts';
import { isOverridden } from './override.ts';
import type { DiagnosisPolicy } from './policy.ts';
import { AWAITING, judge } from './verdict.ts';
import type { Judgement } from './verdict.ts';
import { heldFinding } from './view.ts';
import type { Found, View } from './view.ts';

/** Source of the events that diagnosis makes. */
export const DIAGNOSIS_SOURCE = 'diagnosis';

const rulesOfDiagnosis: readonly ((view: View) => Found[])[] = [
  paymentFindings,
  pendingFindings,
  notPaidHere,
  confirmingFinding,
  moneyFindings,
  assetFindings,
  orderFindings,
  witnessConflict,
  webhookMissing,
  lineFindings,
];

export function createDiagnose(policy: DiagnosisPolicy): Diagnose {
  return (order, now, observed, lookAgain) => {
    const deadlines = new Deadlines(now);
    const rules = policy.release.get(order.store) ?? [];
    const view: View = { order, now, rules, policy, observed, deadlines };
    const found = inOrder(rulesOfDiagnosis.flatMap((rule) => rule(view)));
    if (deadlines.next !== null) lookAgain?.(deadlines.next);
    const codes = new Set(found.map(({ code }) => code));
    const flags = flagsOf(codes);
    const flagged = { ...order, flags: [...order.flags.filter((flag) => !isChainFlag(flag)), ...flags] };
    return [...diagnosisDrafts(view, found, flags), ...verdictDrafts(flagged, rules, codes)];
  };
}

/** Each code once, the gravest first. */
function inOrder(found: readonly Found[]): Found[] {
  return findingCodes.flatMap((code) => found.find((each) => each.code === code) ?? []);
}

function flagsOf(codes: ReadonlySet<FindingCode>): Flag[] {
  const given = new Set<Flag | null>([...codes].map((code) => findingKinds[code].flag));
  return chainFlags.filter((flag) => given.has(flag));
}

function isChainFlag(flag: Flag): boolean {
  return (chainFlags as readonly Flag[]).includes(flag);
}

function diagnosisDrafts(view: View, found: readonly Found[], flags: readonly Flag[]): EventDraft[] {
  const { order } = view;
  const findings = found.map((each) => findingOf(view, each));
  const carried = order.flags.filter(isChainFlag);
  if (isDeepStrictEqual(findings, order.diagnosis) && isDeepStrictEqual(flags, carried)) return [];
  return [{ kind: 'diagnosis.changed', ...about(order), data: { findings, flags: [...flags] } }];
}

/** `since` stays while the finding holds. */
function findingOf(view: View, { code, evidence, nextStep, facts, since }: Found): Finding {
  return {
    code,
    severity: findingKinds[code].severity,
    since: heldFinding(view, code)?.since ?? since ?? view.now,
    evidence: evidence.slice(0, 20).map((line) => line.slice(0, 1000)),
    nextStep,
    ...(facts && Object.keys(facts).length > 0 && { facts: clipped(facts) }),
  };
}

function clipped(facts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, value.slice(0, 512)]));
}

/** A test order is always `test`, which the fold sees to; an override stands as `override.ts` says. */
function verdictDrafts(order: Order, rules: View['rules'], found: ReadonlySet<FindingCode>): EventDraft[] {
  if (!order.live || isOverridden(order)) return [];
  const judgement = judge(order, rules, found);
  if (judgement.verdict === order.verdict && ruleOf(judgement) === (order.verdictRule ?? AWAITING)) return [];
  return [{ kind: 'verdict.changed', ...about(order), data: { ...judgement, rule: judgement.rule.slice(0, 512) } }];
}

/** A judgement's rule as the fold writes it into the order. */
function ruleOf({ rule, reason }: Judgement): string {
  return (reason === undefined ? rule : `${rule}: ${reason}`).slice(0, 512);
}

function about(order: Order): Pick<EventDraft, 'order' | 'source' | 'occurred' | 'sent'> {
  return { order: order.id, source: DIAGNOSIS_SOURCE, occurred: null, sent: null };
}
