/** Release, wait or hold: what staff should do with the goods, and by which rule. */
import type { FindingCode } from '../../contract/diagnosis.ts';
import type { Order, Verdict } from '../../contract/order.ts';
import { counts, coveredAt } from '../../contract/settlement.ts';
import { byProcessorAlone } from './findings/confirming-finding.ts';
import type { ReleaseRule } from './policy.ts';
import { VANISHED, hasVanished, isGone } from './release-lost.ts';
import { awaitedRule, releaseGround, ruleText } from './release.ts';
import { chainFlagsOf, hasEnded } from './trouble.ts';

export interface Judgement {
  readonly verdict: Verdict;
  readonly rule: string;
  readonly reason?: string;
}

/**
 * The judgement by policy, for an order with real money. Nothing in it counts up, so that it changes rarely.
 * @param found what diagnosis finds of the order at this moment
 */
export function judge(order: Order, rules: readonly ReleaseRule[], found: ReadonlySet<FindingCode>): Judgement {
  const ground = releaseGround(order, rules);
  const held = heldAnyway(order, found) ?? (ground === null ? heldUncovered(order, found) : null);
  if (held) return { verdict: 'hold', ...held };
  if (found.has('nodes-disagree')) {
    return { verdict: 'wait', rule: 'nodes disagree', reason: 'our nodes hold different blocks of the chain' };
  }
  if (ground !== null) return { verdict: 'release', rule: ground };
  return waiting(order, rules, found);
}

type Ground = Pick<Judgement, 'rule' | 'reason'>;

/** Holds that no amount of confirmed money lifts. */
function heldAnyway(order: Order, found: ReadonlySet<FindingCode>): Ground | null {
  if (order.status === 'refunding' || order.status === 'refunded') {
    return { rule: 'refund', reason: 'the money goes back to the customer' };
  }
  if (order.flags.includes('late')) return { rule: 'late', reason: 'the money came after the order had expired' };
  if (found.has('witness-conflict')) {
    return { rule: 'witness-conflict', reason: 'the processor and our node say different things' };
  }
  return null;
}

/** Holds for orders whose money does not cover what is due, or does no longer. */
function heldUncovered(order: Order, found: ReadonlySet<FindingCode>): Ground | null {
  const isLost = found.has('reorg-after-release') || hasVanished(order);
  if (isLost) return { rule: VANISHED, reason: 'money that was taken as paid is no longer in the chain' };
  if (chainFlagsOf(order).includes('reverted') && coveredAt(order) === null) {
    return { rule: 'reverted', reason: 'the transaction failed and paid nothing' };
  }
  if (order.flags.includes('wrong-asset') && coveredAt(order) === null) {
    return { rule: 'wrong-asset', reason: 'money came in an asset that was not asked for' };
  }
  if (!hasEnded(order) || !order.payments.some(counts)) return null;
  if (order.flags.includes('underpaid')) return { rule: 'underpaid', reason: 'too little came before the order ended' };
  return { rule: order.status, reason: 'the order ended, and there is money for it' };
}

function waiting(order: Order, rules: readonly ReleaseRule[], found: ReadonlySet<FindingCode>): Judgement {
  const judgement = waitingFor(order, rules);
  const blind = blindness(found);
  return blind === null ? judgement : { ...judgement, reason: blind };
}

/** Why nothing will be seen for now, whatever is waited for. */
function blindness(found: ReadonlySet<FindingCode>): string | null {
  if (found.has('node-down')) return 'no node of the chain answers, so that nothing is seen of it';
  if (found.has('node-behind')) return 'our node is behind the chain, so that newer money is not seen';
  return null;
}

function waitingFor(order: Order, rules: readonly ReleaseRule[]): Judgement {
  if (coveredAt(order) !== null) {
    if (byProcessorAlone(order, order.payments.filter(counts))) {
      return { verdict: 'wait', rule: 'settlement', reason: 'the processor has not settled it yet' };
    }
    const rule = awaitedRule(order, rules);
    return { verdict: 'wait', rule: rule ? ruleText(rule) : 'settlement', reason: 'not confirmed enough yet' };
  }
  if (order.flags.includes('underpaid')) return { verdict: 'wait', rule: 'underpaid', reason: 'more money is due' };
  if (order.payments.some(isGone)) {
    return { verdict: 'wait', rule: 'no money', reason: 'the payment is no longer in the chain' };
  }
  return { verdict: 'wait', rule: AWAITING };
}

/** The rule of an order without money, which is what an order starts with and therefore needs no event. */
export const AWAITING = 'awaiting payment';
