/**
 * What the processor says of an order and what our node sees of it, side by side; for screen and gateway alike. Pure.
 *
 * Their amounts are not held against each other: Crypto.com Pay leaves open in which unit it writes what came in, Coinbase
 * names what was asked for or settled and not what arrived, and what BTCPay Server names on Bitcoin is fixed by the
 * transaction's id anyway. A payment that both know of has one amount in both accounts, that of who told of it first: a
 * difference would accuse a processor of our own reading of its figures.
 */
import { DIRECT_SOURCE } from './order.ts';
import type { Order, Payment, Received } from './order.ts';
import { pays, sumOf } from './settlement.ts';
import { wordsOf } from './words.ts';
import type { Witness, Word } from './words.ts';

/** One witness's account of an order. */
export interface Account {
  /** True while it says that there is money. */
  readonly seen: boolean;
  /** True when it says that the whole is there for good. */
  readonly settled: boolean;
  /** Since when it says the most of these that it says: settled, else seen; the gateway's time. Null while it says neither. */
  readonly since: number | null;
  readonly received: readonly Received[];
  /** Ids of the payments that it tells of and that are there. */
  readonly payments: readonly string[];
  /** Ids of those that it told of, and took back. */
  readonly lost: readonly string[];
}

export interface Witnesses {
  /** Null for an order of the shop's own: nobody but the chain tells of its money. */
  readonly processor: Account | null;
  readonly node: Account;
}

export function witnesses(order: Order): Witnesses {
  return {
    processor: order.source === DIRECT_SOURCE ? null : accountOf(order, 'processor'),
    node: accountOf(order, 'node'),
  };
}

interface Said {
  readonly payment: Payment;
  readonly word: Word;
}

function accountOf(order: Order, witness: Witness): Account {
  const said = order.payments.flatMap((payment): Said[] => {
    const word = wordsOf(payment)[witness];
    return word ? [{ payment, word }] : [];
  });
  const there = said.filter(({ word }) => word.lostAt === undefined);
  const settled = there.filter(({ word }) => word.settledAt !== undefined);
  const whole = witness === 'processor' ? settled.length > 0 : coversAny(order, settled);
  const times = whole ? settled.map(({ word }) => word.settledAt ?? 0) : there.map(({ word }) => word.at);
  return {
    seen: there.length > 0,
    settled: whole,
    since: times.length === 0 ? null : whole ? Math.max(...times) : Math.min(...times),
    received: sumOf(there.map(({ payment }) => payment)),
    payments: there.map(({ payment }) => payment.id),
    lost: said.filter(({ word }) => word.lostAt !== undefined).map(({ payment }) => payment.id),
  };
}

/** A node knows no threshold but what the order asks for. */
function coversAny({ pay }: Order, settled: readonly Said[]): boolean {
  return pay.some((option) => {
    const paying = settled.filter(({ payment }) => pays(option, payment));
    const sum = paying.reduce((total, { payment }) => total + BigInt(payment.amount), 0n);
    return paying.length > 0 && sum >= BigInt(option.minimum ?? option.amount);
  });
}
