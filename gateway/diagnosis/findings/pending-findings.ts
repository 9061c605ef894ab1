/** Findings about transactions that are in no block, by what our nodes say of them now. */
import { formatUnits } from '../../../contract/money.ts';
import { counts } from '../../../contract/settlement.ts';
import { wordsOf } from '../../../contract/words.ts';
import type { TransactionTrouble } from '../../observations.ts';
import { paymentText } from '../amount-text.ts';
import { namedText, unpaidNames } from '../unpaid-names.ts';
import { asHeld, heldFinding } from '../view.ts';
import type { Found, View } from '../view.ts';
import { paysElsewhere } from './not-paid-here.ts';
import { NOT_BROADCAST_STEP, factsOf, sameHash } from './payment-findings.ts';

/** After a start what was known of pending transactions has to be learnt anew; until then what was found stands. */
const LEARNING_MS = 60_000;
/** A wallet may name a transaction before it sends it, and a pool takes a while to spread. */
const SPREADING_MS = 30_000;
/** What blocks ask moves with every one; it is told anew when it has moved by a fifth. */
const TOLD_ANEW = 0.2;

const codes = ['not-broadcast', 'fee-too-low', 'nonce-gap'] as const;

/** A transaction that is waited for: a payment's, or one that a customer named. */
interface Awaited {
  readonly chain: string;
  /** Lower case. */
  readonly txHash: string;
  readonly what: string;
  readonly facts: Readonly<Record<string, string>>;
  /** A node had it once: one that vanishes is not one that was never sent. */
  readonly wasSeen: boolean;
  /** Where else it may be, as the chain was not said: nobody may know it there either. */
  readonly elsewhere: readonly string[];
}

export function pendingFindings(view: View): Found[] {
  const awaited = [...unminedOf(view), ...namedOf(view)];
  if (awaited.length === 0) return [];
  const found = awaited.flatMap((each) => troubleOf(view, each));
  return codes.flatMap((code) => found.find((each) => each.code === code) ?? stillLearning(view, code, awaited));
}

function unminedOf({ order }: View): Awaited[] {
  return order.payments.flatMap((payment): Awaited[] => {
    const { block, chain, txHash } = payment;
    if (!counts(payment) || block !== undefined || chain === null || txHash === null) return [];
    const wasSeen = wordsOf(payment).node !== undefined;
    const about = { what: paymentText(payment), facts: factsOf([payment]), wasSeen, elsewhere: [] };
    return [{ ...about, chain, txHash: txHash.toLowerCase() }];
  });
}

/** As long as there is money to be missed; how one goes on that pays somebody else helps nobody here. */
function namedOf(view: View): Awaited[] {
  const { observed } = view;
  return unpaidNames(view).flatMap((named): Awaited[] => {
    const { chains, txHash } = named;
    const isKnownOn = (id: string): boolean => (observed.transaction(id, txHash)?.kind ?? 'not-found') !== 'not-found';
    const chain = chains.find(isKnownOn) ?? chains[0];
    if (chain === undefined || paysElsewhere(view, named)) return [];
    const about = { what: namedText(named), facts: { txHash: named.asNamed }, wasSeen: false };
    return [{ ...about, chain, txHash, elsewhere: chains.filter((id) => id !== chain) }];
  });
}

function stillLearning(view: View, code: (typeof codes)[number], awaited: readonly Awaited[]): Found[] {
  const held = heldFinding(view, code);
  const meant = awaited.find(({ txHash }) => sameHash(txHash, held?.facts?.['txHash']));
  const { observed, deadlines } = view;
  if (
    !held ||
    !meant ||
    observed.transaction(meant.chain, meant.txHash) ||
    observed.isOver(meant.chain, meant.txHash)
  ) {
    return [];
  }
  return deadlines.passed(observed.startedAt + LEARNING_MS) ? [] : [asHeld(held, code)];
}

function troubleOf(view: View, awaited: Awaited): Found[] {
  const trouble = view.observed.transaction(awaited.chain, awaited.txHash);
  switch (trouble?.kind) {
    case undefined:
      return [];
    case 'fee-too-low':
      return [feeTooLow(view, awaited, trouble)];
    case 'nonce-gap':
      return [nonceGap(awaited, trouble)];
    case 'not-found':
      return notFound(view, awaited, trouble);
    default:
      return trouble satisfies never;
  }
}

type Of<K extends TransactionTrouble['kind']> = Extract<TransactionTrouble, { kind: K }>;

function feeTooLow(view: View, awaited: Awaited, { bid, asked }: Of<'fee-too-low'>): Found {
  const held = heldFinding(view, 'fee-too-low');
  const told = Number(held?.facts?.['askedUnits'] ?? 0);
  const isSame = sameHash(awaited.txHash, held?.facts?.['txHash']) && held?.facts?.['bidUnits'] === bid;
  if (held && isSame && Math.abs(Number(asked) - told) <= told * TOLD_ANEW) return asHeld(held, 'fee-too-low');
  const facts = {
    ...awaited.facts,
    ...{ bid: feeText(awaited, bid, 'down'), asked: feeText(awaited, asked, 'up'), bidUnits: bid, askedUnits: asked },
  };
  return {
    code: 'fee-too-low',
    evidence: [awaited.what, `it bids ${facts.bid}; blocks ask ${facts.asked} at present`],
    nextStep:
      'Ask the customer to speed it up in their wallet, or wait until fees fall. Never ask them to pay again: both could arrive.',
    facts,
  };
}

/** Digits of a fee that tell something. */
const FEE_DIGITS = 4;

/**
 * Per gas on EVM chains; per virtual byte on Bitcoin. A bid is rounded down and what is asked up, so that two that differ
 * never read the same.
 */
function feeText({ chain }: Awaited, units: string, rounded: 'down' | 'up'): string {
  if (!chain.startsWith('eip155:')) return `${units} sat/vB`;
  const step = 10n ** BigInt(Math.max(0, units.length - FEE_DIGITS));
  const steps = (BigInt(units) + (rounded === 'up' ? step - 1n : 0n)) / step;
  return `${formatUnits(steps * step, 9)} gwei`;
}

function nonceGap(awaited: Awaited, { nonce, next }: Of<'nonce-gap'>): Found {
  return {
    code: 'nonce-gap',
    evidence: [
      awaited.what,
      `it is the sender's transaction number ${nonce}; number ${next} is missing and has to come first`,
    ],
    nextStep:
      'Ask the customer to look for an older pending transaction in their wallet, and to speed it up or cancel it.',
    facts: { ...awaited.facts, nonce: String(nonce), next: String(next) },
  };
}

function notFound({ deadlines, observed }: View, awaited: Awaited, { nodes, since }: Of<'not-found'>): Found[] {
  const isMissingOn = (id: string): boolean => observed.transaction(id, awaited.txHash)?.kind === 'not-found';
  if (awaited.wasSeen || !awaited.elsewhere.every(isMissingOn) || !deadlines.passed(since + SPREADING_MS)) return [];
  return [
    {
      code: 'not-broadcast',
      evidence: [awaited.what, unknownTo(nodes)],
      nextStep: NOT_BROADCAST_STEP,
      facts: { ...awaited.facts, nodes: String(nodes) },
      since,
    },
  ];
}

function unknownTo(nodes: number): string {
  return nodes === 1 ? 'our node does not know the transaction' : `none of ${nodes} nodes knows the transaction`;
}
