/** The words by which an order is found: exact and by their beginning. Pure. */
import { formatUnits } from '../../contract/money.ts';
import type { Customer, Order } from '../../contract/order.ts';

/** Terms longer than this can't be typed; they would only fill the index. */
const LONGEST = 256;

export function normalTerm(text: string): string {
  return text.trim().toLowerCase().slice(0, LONGEST);
}

/** Id, reference, source's reference, transaction hashes, addresses and amounts of an order, in lower case. */
export function searchTerms(order: Order): Set<string> {
  const terms: (string | null | undefined)[] = [order.id, order.reference, order.sourceRef, order.price.amount];
  for (const { address, amount, decimals } of order.pay) terms.push(address, amount, major(amount, decimals));
  for (const { txHash, from, to, amount, decimals } of order.payments) {
    terms.push(txHash, from, to, amount, major(amount, decimals));
  }
  return new Set(terms.map((term) => normalTerm(term ?? '')).filter((term) => term !== ''));
}

/** A customer is found by name, by each word of it, and by e-mail. */
export function customerTerms(customer: Customer): Set<string> {
  const words = (customer.name ?? '').split(/\s+/);
  return new Set([customer.name ?? '', ...words, customer.email ?? ''].map(normalTerm).filter((term) => term !== ''));
}

function major(amount: string, decimals: number | null): string | null {
  return decimals === null ? null : formatUnits(BigInt(amount), decimals);
}
