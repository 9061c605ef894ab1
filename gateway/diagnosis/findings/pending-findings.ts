/** Findings about transactions that are in no block, by what our nodes say of them now. */
import { formatUnits } from '../../../contract/money.ts';
import type { Payment } from '../../../contract/order.ts';
import { counts, coveredAt } from '../../../contract/settlement.ts';
import { wordsOf } from '../../../contract/words.ts';
import type { TransactionTrouble } from '../../observations.ts';
import { paymentText } from '../amount-text.ts';
import { asHeld, heldFinding } from '../view.ts';
import type { Found, View } from '../view.ts';
import { NOT_BROADCAST_STEP, factsOf, sameHash } from './payment-findings.ts';

/** After a start what was known of pending transactions has to be learnt anew; until then what was found stands. */
const LEARNING_MS = 60_000;
/** A wallet may name a transaction before it sends it, and a pool takes a while to spread. */
const SPREADING_MS = 30_000;
/** What the next block asks moves with every block; it is told anew when it has moved by a fifth. */
const TOLD_ANEW = 0.2;

const codes = ['not-broadcast', 'fee-too-low', 'nonce-gap'] as const;

export function pendingFindings(view: View): Found[] {
  const { order } = view;
  const waiting = order.payments.filter((payment) => counts(payment) && payment.block === undefined);
  const named = namedOnly(view);
  if (waiting.length === 0 && named.length === 0) return [];
  const found = [...waiting.flatMap((payment) => troubleOf(view, payment)), ...named];
  return codes.flatMap((code) => found.find((each) => each.code === code) ?? stillLearning(view, code, waiting));
}

function stillLearning(view: View, code: (typeof codes)[number], waiting: readonly Payment[]): Found[] {
  const held = heldFinding(view, code);
  const meant = waiting.find(({ txHash }) => sameHash(txHash, held?.facts?.['txHash']));
  if (!held || !meant || observedOf(view, meant) !== undefined || isOver(view, meant)) return [];
  return view.deadlines.passed(view.observed.startedAt + LEARNING_MS) ? [] : [asHeld(held, code)];
}

function troubleOf(view: View, payment: Payment): Found[] {
  const { chain, txHash } = payment;
  const trouble =
    chain === null || txHash === null ? undefined : view.observed.transaction(chain, txHash.toLowerCase());
  switch (trouble?.kind) {
    case undefined:
      return [];
    case 'fee-too-low':
      return [feeTooLow(view, payment, trouble)];
    case 'nonce-gap':
      return [nonceGap(payment, trouble)];
    case 'not-found':
      return notFound(view, payment, trouble);
    default:
      return trouble satisfies never;
  }
}

function observedOf({ observed }: View, { chain, txHash }: Payment): TransactionTrouble | undefined {
  return chain === null || txHash === null ? undefined : observed.transaction(chain, txHash.toLowerCase());
}

function isOver({ observed }: View, { chain, txHash }: Payment): boolean {
  return chain !== null && txHash !== null && observed.isOver(chain, txHash.toLowerCase());
}

function feeTooLow(view: View, payment: Payment, trouble: Extract<TransactionTrouble, { kind: 'fee-too-low' }>): Found {
  const { bid } = trouble;
  const held = heldFinding(view, 'fee-too-low');
  const told = Number(held?.facts?.['askedUnits'] ?? 0);
  const isSame = sameHash(payment.txHash, held?.facts?.['txHash']) && held?.facts?.['bidUnits'] === bid;
  if (held && isSame && Math.abs(Number(trouble.asked) - told) <= told * TOLD_ANEW) return asHeld(held, 'fee-too-low');
  const facts = {
    ...factsOf([payment]),
    ...{ bid: feeText(payment, bid), asked: feeText(payment, trouble.asked), bidUnits: bid, askedUnits: trouble.asked },
  };
  return {
    code: 'fee-too-low',
    evidence: [paymentText(payment), `it bids ${facts.bid}; the next block asks ${facts.asked}`],
    nextStep:
      'Ask the customer to speed it up in their wallet, or wait until fees fall. Never ask them to pay again: both could arrive.',
    facts,
  };
}

/** Per gas on EVM chains; per virtual byte on Bitcoin. */
function feeText({ chain }: Payment, units: string): string {
  if (!chain?.startsWith('eip155:')) return `${units} sat/vB`;
  return `${formatUnits(BigInt(units), 9)} gwei`;
}

function nonceGap(payment: Payment, { nonce, next }: Extract<TransactionTrouble, { kind: 'nonce-gap' }>): Found {
  return {
    code: 'nonce-gap',
    evidence: [
      paymentText(payment),
      `it is the sender's transaction number ${nonce}; number ${next} is missing and has to come first`,
    ],
    nextStep:
      'Ask the customer to look for an older pending transaction in their wallet, and to speed it up or cancel it.',
    facts: { ...factsOf([payment]), nonce: String(nonce), next: String(next) },
  };
}

function notFound(view: View, payment: Payment, trouble: Extract<TransactionTrouble, { kind: 'not-found' }>): Found[] {
  if (wordsOf(payment).node !== undefined || !view.deadlines.passed(trouble.since + SPREADING_MS)) return [];
  return [
    {
      code: 'not-broadcast',
      evidence: [paymentText(payment), unknownTo(trouble.nodes)],
      nextStep: NOT_BROADCAST_STEP,
      facts: { ...factsOf([payment]), nodes: String(trouble.nodes) },
      since: trouble.since,
    },
  ];
}

/** Transactions that a customer named and that are no payment of the order. */
function namedOnly({ order, observed, deadlines, policy }: View): Found[] {
  if (coveredAt(order) !== null) return [];
  return (order.namedTransactions ?? []).flatMap(({ chain, txHash }): Found[] => {
    if (order.payments.some((payment) => sameHash(payment.txHash, txHash))) return [];
    const chains = chain === null ? [...policy.watchedChains] : [chain];
    const troubles = chains.flatMap((each) => observed.transaction(each, txHash.toLowerCase()) ?? []);
    const missing = troubles.filter((trouble) => trouble.kind === 'not-found');
    const [first] = missing;
    if (!first || missing.length < troubles.length || !deadlines.passed(first.since + SPREADING_MS)) return [];
    const nodes = missing.reduce((sum, each) => sum + each.nodes, 0);
    const evidence = [`the customer named ${txHash}`, unknownTo(nodes)];
    const facts = { txHash, nodes: String(nodes) };
    return [{ code: 'not-broadcast', evidence, nextStep: NOT_BROADCAST_STEP, facts, since: first.since }];
  });
}

function unknownTo(nodes: number): string {
  return nodes === 1 ? 'our node does not know the transaction' : `none of ${nodes} nodes knows the transaction`;
}
