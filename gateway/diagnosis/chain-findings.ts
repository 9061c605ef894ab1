/** Findings about payments' transactions, and about what nobody watches. */
import { DIRECT_SOURCE } from '../../contract/order.ts';
import type { Order, Payment } from '../../contract/order.ts';
import { counts, coveredAt } from '../../contract/settlement.ts';
import { paymentText } from './money-findings.ts';
import type { Observation } from './money-findings.ts';
import type { DiagnosisPolicy, ReleaseRule } from './policy.ts';
import { awaitedRule, releaseGround, ruleText } from './release.ts';

export function chainFindings(order: Order, rules: readonly ReleaseRule[]): Observation[] {
  return [...troubles.flatMap((trouble) => troubleOf(order, trouble)), ...confirming(order, rules)];
}

interface Trouble extends Pick<Observation, 'code' | 'severity' | 'nextStep'> {
  readonly state: Payment['state'];
}

const troubles: readonly Trouble[] = [
  {
    state: 'reorged',
    code: 'reorged',
    severity: 'critical',
    nextStep: 'The chain took the payment back. Hand nothing over until it is confirmed again.',
  },
  {
    state: 'reverted',
    code: 'reverted',
    severity: 'warning',
    nextStep: 'The transaction failed and paid nothing: ask the customer to send it again.',
  },
  {
    state: 'replaced',
    code: 'replaced',
    severity: 'warning',
    nextStep: 'The sender replaced the transaction: ask whether they paid with another one.',
  },
  {
    state: 'dropped',
    code: 'dropped',
    severity: 'warning',
    nextStep: 'The network forgot the transaction: ask the customer to send it again, with a higher fee.',
  },
];

function troubleOf(order: Order, { state, code, severity, nextStep }: Trouble): Observation[] {
  const found = order.payments.filter((payment) => payment.state === state);
  if (found.length === 0) return [];
  return [{ code, severity, evidence: found.slice(0, 20).map((payment) => goneText(payment)), nextStep }];
}

function goneText(payment: Payment): string {
  const by = payment.replacedBy === undefined ? '' : `, replaced by ${payment.replacedBy}`;
  return `${paymentText(payment)}${by}`;
}

/** Says what is waited for, not how far it is: the order itself carries the count, and changes with every block. */
function confirming(order: Order, rules: readonly ReleaseRule[]): Observation[] {
  if (order.status !== 'detected' && order.status !== 'confirming' && order.status !== 'paid') return [];
  if (coveredAt(order) === null || releaseGround(order, rules) !== null) return [];
  const rule = awaitedRule(order, rules);
  const awaited = rule ? `needed by ${ruleText(rule)}` : 'needed: settlement';
  const evidence = [awaited, ...order.payments.filter(counts).slice(0, 15).map(paymentText)];
  return [
    { code: 'confirming', severity: 'info', evidence, nextStep: 'The whole amount was seen: wait for confirmations.' },
  ];
}

/** Findings about the order rather than its money. */
export function orderFindings(order: Order, policy: DiagnosisPolicy): Observation[] {
  return [...expiredUnpaid(order), ...notWatched(order, policy), ...provisional(order)];
}

function expiredUnpaid(order: Order): Observation[] {
  if (order.status !== 'expired' || order.payments.some(counts)) return [];
  return [
    {
      code: 'expired-unpaid',
      severity: 'info',
      evidence: ['no money was seen before the order expired'],
      nextStep: 'Nothing to do. If the customer says they paid, ask for the transaction hash.',
    },
  ];
}

/** A processor sees its own payments; the shop's own orders are seen by our chains alone. */
function notWatched(order: Order, { watchedChains }: DiagnosisPolicy): Observation[] {
  if (order.source !== DIRECT_SOURCE) return [];
  const blind = order.pay.flatMap(({ chain }) => (chain === null || watchedChains.has(chain) ? [] : [chain]));
  if (blind.length === 0) return [];
  return [
    {
      code: 'chain-not-watched',
      severity: 'warning',
      evidence: [...new Set(blind)].map((chain) => `the gateway does not watch ${chain}`),
      nextStep: 'Payments there will not be seen: check the address by hand, and configure the chain at the gateway.',
    },
  ];
}

function provisional(order: Order): Observation[] {
  if (!order.provisional) return [];
  return [
    {
      code: 'provisional',
      severity: 'warning',
      evidence: [`only a refund of payment ${order.sourceRef} has been heard of`],
      nextStep: 'Look the payment up at the processor; with an API key the gateway fetches it by itself.',
    },
  ];
}
