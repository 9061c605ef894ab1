/** Verdict, findings and chain flags of an order; only what differs from what the order carries becomes a draft. */
import { isDeepStrictEqual } from 'node:util';
import { chainFlags } from '../../contract/order.ts';
import type { Finding, Flag, Order } from '../../contract/order.ts';
import type { EventDraft } from '../ledger.ts';
import { chainFindings, orderFindings } from './chain-findings.ts';
import type { Diagnose } from './diagnosis.ts';
import { moneyFindings } from './money-findings.ts';
import { isOverridden } from './override.ts';
import type { DiagnosisPolicy, ReleaseRule } from './policy.ts';
import { chainFlagsOf } from './trouble.ts';
import { AWAITING, judge } from './verdict.ts';
import type { Judgement } from './verdict.ts';

/** Source of the events that diagnosis makes. */
export const DIAGNOSIS_SOURCE = 'diagnosis';

export function createDiagnose(policy: DiagnosisPolicy): Diagnose {
  return (order, now) => {
    const rules = policy.release.get(order.store) ?? [];
    return [...diagnosisDrafts(order, policy, rules, now), ...verdictDrafts(order, rules)];
  };
}

function diagnosisDrafts(
  order: Order,
  policy: DiagnosisPolicy,
  rules: readonly ReleaseRule[],
  now: number,
): EventDraft[] {
  const observations = [...chainFindings(order, rules), ...moneyFindings(order), ...orderFindings(order, policy)];
  const since = new Map(order.diagnosis.map((finding) => [finding.code, finding.since]));
  const findings: Finding[] = observations.map(({ code, severity, evidence, nextStep }) => {
    const clipped = evidence.map((line) => line.slice(0, 1000));
    return { code, severity, since: since.get(code) ?? now, evidence: clipped, nextStep };
  });
  const flags = chainFlagsOf(order);
  const carried = order.flags.filter((flag) => (chainFlags as readonly Flag[]).includes(flag));
  if (isDeepStrictEqual(findings, order.diagnosis) && isDeepStrictEqual(flags, carried)) return [];
  return [{ kind: 'diagnosis.changed', ...about(order), data: { findings, flags } }];
}

/** A test order is always `test`, which the fold sees to; an override stands as `override.ts` says. */
function verdictDrafts(order: Order, rules: readonly ReleaseRule[]): EventDraft[] {
  if (!order.live || isOverridden(order)) return [];
  const judgement = judge(order, rules);
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
