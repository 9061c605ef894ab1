/** Processor and chain say different things of an order, for longer than the store's policy allows. */
import { DIRECT_SOURCE } from '../../../contract/order.ts';
import type { Order, Payment } from '../../../contract/order.ts';
import { witnesses } from '../../../contract/witnesses.ts';
import { wordsOf } from '../../../contract/words.ts';
import { amountText, durationText, paymentText } from '../amount-text.ts';
import { CONFLICT_MS } from '../policy.ts';
import type { Found, View } from '../view.ts';

interface Conflict {
  /** Since when both say what they say. */
  readonly since: number;
  readonly processor: string;
  readonly node: string;
  /** The same as codes, and the amount they speak of, so that a desk can say it in its own language. */
  readonly says: { readonly processorSays: string; readonly nodeSays: string; readonly amount: string };
}

export function witnessConflict(view: View): Found[] {
  const { order, policy, deadlines } = view;
  if (order.source === DIRECT_SOURCE || order.payments.length === 0 || order.resolvedAt !== undefined) return [];
  const onPayments = order.payments.flatMap((payment) => conflictOn(view, payment));
  const conflicts = [...onPayments, ...unsettled(order), ...endedWithMoney(order)];
  const [oldest] = conflicts.sort((a, b) => a.since - b.since);
  const allowedMs = policy.conflictMs?.get(order.store) ?? CONFLICT_MS;
  if (!oldest || !deadlines.passed(oldest.since + allowedMs)) return [];
  return [
    {
      code: 'witness-conflict',
      evidence: [`the processor: ${oldest.processor}`, `our node: ${oldest.node}`],
      nextStep: `They have disagreed for more than ${durationText(allowedMs)}. Hand nothing over, and ask the processor about this payment.`,
      facts: {
        processor: oldest.processor.slice(0, 512),
        node: oldest.node.slice(0, 512),
        ...oldest.says,
        sinceMs: String(oldest.since),
      },
      since: oldest.since,
    },
  ];
}

function conflictOn({ observed }: View, payment: Payment): Conflict[] {
  const { processor, node } = wordsOf(payment);
  const what = paymentText(payment);
  const amount = amountText(BigInt(payment.amount), payment);
  if (processor?.settledAt !== undefined && node?.lostAt !== undefined) {
    const since = Math.max(processor.settledAt, node.lostAt);
    const says = { processorSays: 'settled', nodeSays: goneCode(payment), amount };
    return [{ since, processor: `${what} is settled`, node: `it is ${goneText(payment)}`, says }];
  }
  // A processor may have taken as paid what a pool showed, and what is nowhere now.
  const isUnmined = node === undefined || (payment.state === 'settled' && payment.block === undefined);
  if (processor && processor.lostAt === undefined && isUnmined) {
    const { chain, txHash } = payment;
    const trouble = chain && txHash ? observed.transaction(chain, txHash.toLowerCase()) : undefined;
    if (trouble?.kind !== 'not-found') return [];
    const since = Math.max(processor.at, trouble.since);
    const says = { processorSays: 'paid', nodeSays: 'nowhere', amount };
    return [{ since, processor: `${what} was paid`, node: 'the transaction is in neither pool nor chain', says }];
  }
  return [];
}

/** The chain has the whole for good; while a part is missing a processor rightly waits for it. */
function unsettled(order: Order): Conflict[] {
  const { processor, node } = witnesses(order);
  if (!node.settled || node.since === null || processor?.settled !== false) return [];
  const what = node.received.map((sum) => amountText(BigInt(sum.amount), sum)).join(' and ');
  const says = { processorSays: 'not-settled', nodeSays: 'deep', amount: what.slice(0, 512) };
  return [{ since: node.since, processor: 'it is not settled', node: `${what} is as deep as is required`, says }];
}

/** The state of a payment that is gone; `gone` where its state says otherwise. */
function goneCode({ state }: Payment): string {
  return state === 'reorged' || state === 'reverted' || state === 'replaced' || state === 'dropped' ? state : 'gone';
}

function goneText({ state }: Payment): string {
  switch (state) {
    case 'reorged':
      return 'no longer in the chain';
    case 'reverted':
      return 'a transaction that failed and paid nothing';
    case 'replaced':
      return 'replaced by another transaction';
    case 'dropped':
      return 'forgotten by the network';
    case 'seen':
    case 'confirming':
    case 'settled':
      return 'not there';
    default:
      return state satisfies never;
  }
}

/** Nobody but the processor cancels an order of its own, or calls it failed. */
function endedWithMoney({ ended, payments }: Order): Conflict[] {
  if (!ended || ended.as === 'expired') return [];
  const mined = payments.filter((payment) => {
    const { node } = wordsOf(payment);
    return payment.block !== undefined && node !== undefined && node.lostAt === undefined;
  });
  const [first] = mined;
  if (!first) return [];
  const since = Math.max(ended.at, wordsOf(first).node?.at ?? 0);
  const says = { processorSays: ended.as, nodeSays: 'mined', amount: amountText(BigInt(first.amount), first) };
  const what = ended.as === 'failed' ? 'the payment failed' : `the payment was ${ended.as}`;
  return [{ since, processor: what, node: `${paymentText(first)} is in the chain`, says }];
}
