/** The terms by which orders and unmatched payments are found, and which of them answered a search. Pure. */
import { formatUnits } from './money.ts';
import type { Customer, Order, PaymentFact } from './order.ts';
import type { SearchMatch } from './protocol.ts';
import { normalTerm, shortest } from './search-query.ts';
import type { SearchQuery } from './search-query.ts';
import type { UnmatchedPayment } from './unmatched.ts';

/** `value` as it stands in the order, `term` as it is compared. */
export interface SearchTerm {
  readonly field: SearchMatch['field'];
  readonly term: string;
  readonly value: string;
}

type Said = readonly [SearchMatch['field'], string | null | undefined];

function terms(said: readonly Said[]): SearchTerm[] {
  return said.flatMap(([field, value]) => {
    const term = normalTerm(value ?? '');
    return term === '' ? [] : [{ field, term, value: (value ?? '').trim().slice(0, 512) }];
  });
}

/** Amounts carry what they are in after a space, so that `54 ` is the beginning of exactly 54, in whatever asset. */
function amount(units: string, decimals: number | null, symbol: string): Said[] {
  const major = decimals === null ? null : `${formatUnits(BigInt(units), decimals)} ${symbol}`;
  return [
    ['amount', major],
    ['amount', units],
  ];
}

function paymentTerms({ txHash, from, to, amount: units, decimals, symbol, memo }: PaymentFact): Said[] {
  return [
    ['transaction', txHash],
    ['sender', from],
    ['address', to],
    ['memo', memo],
    ...amount(units, decimals, symbol),
  ];
}

/** Id, references, hashes, addresses and amounts of an order; its customer stands apart. */
export function orderTerms(order: Order): SearchTerm[] {
  return terms([
    ['id', order.id],
    ['reference', order.reference],
    ['source-ref', order.sourceRef],
    ['amount', `${shortest(order.price.amount)} ${order.price.currency}`],
    ...order.pay.flatMap((option): Said[] => [
      ['address', option.address],
      ...amount(option.amount, option.decimals, option.symbol),
    ]),
    ...order.payments.flatMap(paymentTerms),
    ...(order.namedTransactions ?? []).map(({ txHash }): Said => ['transaction', txHash]),
  ]);
}

/** A customer is found by name, by each word of it, and by e-mail. */
export function customerTerms({ name = '', email }: Customer): SearchTerm[] {
  const words = name.split(/\s+/).map((word): Said => ['customer', word]);
  return terms([['customer', name], ...words, ['customer', email]]);
}

export function unmatchedTerms({ payment }: UnmatchedPayment): SearchTerm[] {
  return terms(paymentTerms(payment));
}

/** When something happened to an order that a person can name: it was made, money was seen. Epoch milliseconds. */
export function orderTimes(order: Order): number[] {
  return [order.createdAt, ...order.payments.map(({ seenAt }) => seenAt)];
}

/** Why an order answers, one match a field; none when it does not. Its customer counts where the order carries one. */
export function orderMatches(order: Order, query: SearchQuery): SearchMatch[] {
  const all = [...orderTerms(order), ...(order.customer ? customerTerms(order.customer) : [])];
  return matches(order.id, all, orderTimes(order), query);
}

export function unmatchedMatches(payment: UnmatchedPayment, query: SearchQuery): SearchMatch[] {
  return matches(payment.id, unmatchedTerms(payment), [payment.seenAt], query);
}

function matches(id: string, all: readonly SearchTerm[], times: readonly number[], query: SearchQuery): SearchMatch[] {
  const found = new Map<string, SearchMatch>();
  for (const { field, term, value } of all) {
    if (found.has(field) || !query.beginnings.some((beginning) => term.startsWith(beginning))) continue;
    found.set(field, { order: id, field, value });
  }
  const { span } = query;
  const at = span && times.find((time) => time >= span.from && time <= span.to);
  if (typeof at === 'number') found.set('time', { order: id, field: 'time', value: new Date(at).toISOString() });
  return [...found.values()];
}
