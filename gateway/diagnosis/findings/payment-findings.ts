/** Findings about payments that went away: reorged, reverted, replaced, dropped. */
import { DIRECT_SOURCE } from '../../../contract/order.ts';
import type { Order, Payment } from '../../../contract/order.ts';
import { counts, coveredAt } from '../../../contract/settlement.ts';
import { wordsOf } from '../../../contract/words.ts';
import { amountText, paymentText } from '../amount-text.ts';
import { releaseGround } from '../release.ts';
import { isLostAfterRelease, lostUnresolved } from '../release-lost.ts';
import { asHeld, heldFinding } from '../view.ts';
import type { Found, View } from '../view.ts';

export function paymentFindings(view: View): Found[] {
  const lost = lostAfterRelease(view);
  return [...lost, ...(lost.length > 0 ? [] : reorged(view)), ...reverted(view), ...replaced(view), ...dropped(view)];
}

/** Stays until the money is back as deep as is asked for, or somebody resolves the case. */
function lostAfterRelease(view: View): Found[] {
  const { order, rules } = view;
  if (!isLostAfterRelease(order) || releaseGround(order, rules) !== null) return [];
  const held = heldFinding(view, 'reorg-after-release');
  const lost = lostUnresolved(order);
  if (held && lost.length === 0) return [asHeld(held, 'reorg-after-release')];
  const goods = order.releasedAt === undefined ? 'the verdict was release' : 'the goods were handed over';
  return [
    {
      code: 'reorg-after-release',
      evidence: [...lost.slice(0, 15).map((payment) => `${paymentText(payment)} is no longer in the chain`), goods],
      nextStep:
        'Stop the goods if they can still be stopped, ask the customer to pay again, and resolve the case when it is settled.',
      facts: factsOf(lost),
    },
  ];
}

function reorged({ order }: View): Found[] {
  return ofState(order, 'reorged', {
    code: 'reorged',
    nextStep: 'The chain took the payment back. Hand nothing over until it is confirmed again.',
  });
}

function reverted({ order }: View): Found[] {
  return ofState(order, 'reverted', {
    code: 'reverted',
    nextStep: 'The transaction failed and paid nothing: ask the customer to send it again.',
  });
}

/** Over when the order is covered without it. */
function ofState(order: Order, state: Payment['state'], finding: Pick<Found, 'code' | 'nextStep'>): Found[] {
  const gone = order.payments.filter((payment) => payment.state === state);
  if (gone.length === 0 || coveredAt(order) !== null) return [];
  return [{ ...finding, evidence: gone.slice(0, 20).map(paymentText), facts: factsOf(gone) }];
}

/**
 * Whether what took a payment's place pays the order is known where a node watches the order's own address; of a
 * processor's address it is not.
 */
function replaced({ order }: View): Found[] {
  const gone = order.payments.filter(({ state }) => state === 'replaced');
  const successor = (payment: Payment): Payment | undefined =>
    order.payments.find((each) => counts(each) && sameHash(each.txHash, payment.replacedBy));
  const cancelled = gone.filter((payment) => order.source === DIRECT_SOURCE && !successor(payment));
  const spedUp = gone.filter((payment) => !cancelled.includes(payment) && !successor(payment)?.block);
  return [
    ...(cancelled.length > 0 && coveredAt(order) === null ? [cancelledFinding(cancelled)] : []),
    ...(spedUp.length > 0 && isWanting(order) ? [replacedFinding(spedUp, successor)] : []),
  ];
}

function isWanting({ status }: Order): boolean {
  return status !== 'paid' && status !== 'refunding' && status !== 'refunded';
}

function cancelledFinding(payments: readonly Payment[]): Found {
  return {
    code: 'cancelled-by-sender',
    evidence: payments.slice(0, 20).map((each) => `${paymentText(each)}, replaced by ${each.replacedBy ?? '?'}`),
    nextStep:
      'The sender took the payment back before it was mined: nothing was paid. Ask whether they still want to pay.',
    facts: { ...factsOf(payments), ...(payments[0]?.replacedBy && { byTxHash: payments[0].replacedBy }) },
  };
}

function replacedFinding(payments: readonly Payment[], successor: (payment: Payment) => Payment | undefined): Found {
  const [first] = payments;
  const pays = payments.some((payment) => successor(payment));
  return {
    code: 'replaced',
    evidence: payments.slice(0, 20).map((payment) => {
      const by = successor(payment);
      const what = by ? `, which pays ${amountText(BigInt(by.amount), by)}` : '';
      return `${paymentText(payment)}, replaced by ${payment.replacedBy ?? '?'}${what}`;
    }),
    nextStep: pays
      ? 'The sender sent it again, mostly with a higher fee: wait for the new transaction.'
      : 'Wait for what the processor says of the new transaction; a recheck asks it now.',
    facts: { ...factsOf(payments), ...(first?.replacedBy && { byTxHash: first.replacedBy }) },
  };
}

function dropped({ order }: View): Found[] {
  const gone = order.payments.filter(({ state }) => state === 'dropped');
  if (gone.length === 0 || coveredAt(order) !== null) return [];
  const [known, unknown] = [gone.filter(wasSeen), gone.filter((payment) => !wasSeen(payment))];
  return [
    ...(known.length === 0
      ? []
      : [
          {
            code: 'dropped',
            evidence: known.slice(0, 20).map(paymentText),
            nextStep: 'The network forgot the transaction: ask the customer to send it again, with a higher fee.',
            facts: factsOf(known),
          } as const,
        ]),
    ...(unknown.length === 0 ? [] : [neverSeen(unknown)]),
  ];
}

function wasSeen(payment: Payment): boolean {
  return wordsOf(payment).node !== undefined;
}

function neverSeen(payments: readonly Payment[]): Found {
  return {
    code: 'not-broadcast',
    evidence: payments.slice(0, 20).map((payment) => `${paymentText(payment)} is in neither pool nor chain`),
    nextStep: NOT_BROADCAST_STEP,
    facts: factsOf(payments),
  };
}

export const NOT_BROADCAST_STEP =
  'Ask the customer to look in their wallet whether it was really sent, on which chain, and for its hash.';

export function factsOf([first]: readonly Payment[]): Record<string, string> {
  if (!first) return {};
  return { amount: amountText(BigInt(first.amount), first), ...(first.txHash !== null && { txHash: first.txHash }) };
}

export function sameHash(a: string | null, b: string | undefined): boolean {
  return a !== null && b !== undefined && a.toLowerCase() === b.toLowerCase();
}
