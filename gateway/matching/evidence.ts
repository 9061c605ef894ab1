/** What speaks for and against an order being the one that money is for. Pure. */
import { formatUnits } from '../../contract/money.ts';
import type { Order, PayOption } from '../../contract/order.ts';
import { counts, pays } from '../../contract/settlement.ts';
import type { CandidateReason } from '../../contract/unmatched.ts';
import { amountText, durationText } from '../diagnosis/amount-text.ts';
import type { Sighting } from './sighting.ts';

/** Blocks and the shop's clock disagree by less than this. */
export const CLOCK_SLACK_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * One piece of evidence. `weight` only ranks. `telling`: it alone makes the order worth looking at; time, for one, is
 * not, because many orders wait at any moment.
 */
export interface Evidence extends CandidateReason {
  readonly weight: number;
  readonly telling: boolean;
}

type Weigh = (order: Order, sighting: Sighting) => Evidence | null;

export function evidenceFor(order: Order, sighting: Sighting): Evidence[] {
  return all.map((weigh) => weigh(order, sighting)).filter((evidence) => evidence !== null);
}

type Facts = Readonly<Record<string, string>>;
const tells = (code: string, weight: number, text: string, facts: Facts = {}): Evidence => ({
  ...{ code, weight, text, facts, telling: true },
});
const adds = (code: string, weight: number, text: string, facts: Facts = {}): Evidence => ({
  ...{ code, weight, text, facts, telling: false },
});

const namedHash: Weigh = (order, { payment }) => {
  const { txHash } = payment;
  const named = (order.namedTransactions ?? []).some((each) => sameHash(each.txHash, txHash));
  return named ? tells('hash-named', 60, 'the transaction the customer named') : null;
};

const ownAddress: Weigh = (order, { payment }) =>
  order.pay.some((option) => option.chain === payment.chain && sameText(option.address, payment.to))
    ? tells('own-address', 50, 'sent to the address of this order')
    : null;

const namedInMemo: Weigh = (order, { payment }) =>
  [order.reference, order.sourceRef, order.id].some((name) => sameText(name, payment.memo))
    ? tells('memo', 50, 'the payer named this order in the transaction')
    : null;

const sender: Weigh = (order, { payment }) =>
  order.payments.some((each) => each.id !== payment.id && sameText(each.from, payment.from))
    ? tells('same-sender', 15, 'from the sender of another payment of this order')
    : null;

/** The order's own payments may leave a part to be paid: just that part is as telling as the whole. */
const amount: Weigh = (order, { payment }) => {
  const option = order.pay.find((each) => pays(each, payment));
  if (!option || isImitation(order, payment)) return null;
  const paid = BigInt(payment.amount);
  const due = BigInt(option.amount);
  const missing = due - receivedFor(order, option);
  if (paid === due) return tells('same-amount', 35, 'same amount');
  if (missing > 0n && missing < due && paid === missing) return tells('missing-amount', 35, 'just the amount missing');
  if (option.minimum !== undefined && paid >= BigInt(option.minimum) && paid < due) {
    const less = amountText(due - paid, option);
    return tells('nearly-same-amount', 25, `nearly the same amount, ${less} less`, { less });
  }
  const percent = due === 0n ? 0n : (paid * 100n) / due;
  if (paid < due) {
    return adds('part-of-amount', percent >= 90n ? 8 : 3, `${percent} % of the amount`, { percent: String(percent) });
  }
  const more = amountText(paid - due, option);
  return adds('more-than-amount', percent <= 110n ? 8 : 3, `${more} more than the amount`, { more });
};

/** The right number in the wrong place: the same asset on another chain, or another asset of the same chain. */
const elsewhere: Weigh = (order, { payment }) => {
  if (order.pay.some((option) => pays(option, payment)) || isImitation(order, payment)) return null;
  const paid = major(payment.amount, payment.decimals);
  const alike = order.pay.find((option) => paid !== null && major(option.amount, option.decimals) === paid);
  if (!alike) return null;
  const chain = alike.chain ?? 'not known';
  const assets = { asked: alike.symbol, paid: payment.symbol };
  return sameText(alike.symbol, payment.symbol)
    ? tells('other-chain', 30, `the same amount, asked for on another chain (${chain})`, { chain })
    : tells('other-asset', 20, `the same number, asked for in ${assets.asked}, not ${assets.paid}`, assets);
};

const imitation: Weigh = (order, { payment }) =>
  isImitation(order, payment)
    ? adds('fake-token', -30, `another contract that calls itself ${payment.symbol}: not what was asked for`, {
        symbol: payment.symbol,
      })
    : null;

const time: Weigh = (order, { seenAt }) => {
  const { createdAt, expiresAt, graceUntil } = order;
  if (seenAt < createdAt) {
    const byMs = createdAt - seenAt;
    return adds('before-order', -10, `${durationText(byMs)} before the order`, { byMs: String(byMs) });
  }
  if (seenAt <= expiresAt) return adds('in-time', 20, 'while the order was waiting');
  const late = `${durationText(seenAt - expiresAt)} after expiry`;
  const facts = { byMs: String(seenAt - expiresAt) };
  if (seenAt <= graceUntil) return adds('after-expiry', 12, late, facts);
  return adds('after-grace', seenAt <= graceUntil + DAY_MS ? 5 : 0, late, facts);
};

const standing: Weigh = (order) => {
  if (order.status === 'paid' || order.status === 'confirming' || order.status === 'detected') {
    return adds('paid-already', -15, 'its money is there already: this would be a second payment');
  }
  if (order.status === 'refunded' || order.status === 'refunding') return adds('refunded', -15, 'refunded');
  return order.status === 'cancelled' || order.status === 'failed'
    ? adds('ended', -5, `the order was ${order.status}`, { status: order.status })
    : null;
};

const all: readonly Weigh[] = [
  namedHash,
  ownAddress,
  namedInMemo,
  amount,
  elsewhere,
  imitation,
  sender,
  time,
  standing,
];

/** A token of another contract under a name that was asked for on the same chain: anybody can make one. */
export function isImitation(order: Order, payment: Sighting['payment']): boolean {
  return (
    payment.asset !== 'native' &&
    order.pay.some((option) => option.chain === payment.chain && sameText(option.symbol, payment.symbol)) &&
    !order.pay.some((option) => option.chain === payment.chain && sameText(option.asset, payment.asset))
  );
}

/** What counts towards an option so far, base units. */
export function receivedFor(order: Order, option: PayOption): bigint {
  const paying = order.payments.filter((payment) => counts(payment) && pays(option, payment));
  return paying.reduce((sum, payment) => sum + BigInt(payment.amount), 0n);
}

/** Hashes and addresses compare without case, and with or without `0x`. */
function sameHash(a: string, b: string | null): boolean {
  return b !== null && a.toLowerCase().replace(/^0x/, '') === b.toLowerCase().replace(/^0x/, '');
}

function sameText(a: string | null | undefined, b: string | null | undefined): boolean {
  return a !== null && a !== undefined && a !== '' && a.toLowerCase() === b?.toLowerCase();
}

function major(units: string, decimals: number | null): string | null {
  return decimals === null ? null : formatUnits(BigInt(units), decimals);
}
