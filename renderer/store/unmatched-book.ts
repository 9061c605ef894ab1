/** Money that no order explains, as every store tells it. Pure. */
import type { UnmatchedPush } from '../../contract/ipc.ts';
import { isUndecided } from '../../contract/unmatched.ts';
import type { UnmatchedPayment } from '../../contract/unmatched.ts';

/** Names an unmatched payment across stores: `store/payment`. */
export type MoneyKey = `${string}/${string}`;
export type UnmatchedBook = ReadonlyMap<MoneyKey, UnmatchedPayment>;

export function moneyKey({ store, id }: Pick<UnmatchedPayment, 'store' | 'id'>): MoneyKey {
  return `${store}/${id}`;
}

/** The book after a push; a payment that is told again in an older state is left as it is. */
export function withUnmatched(book: UnmatchedBook, { store, reset, payments }: UnmatchedPush): UnmatchedBook {
  const next = new Map([...book].filter(([, payment]) => !reset || payment.store !== store));
  for (const payment of payments) {
    const held = next.get(moneyKey(payment));
    if (!held || payment.updatedSeq >= held.updatedSeq) next.set(moneyKey(payment), payment);
  }
  return next;
}

/** The same book where every store is kept. */
export function withoutStores(book: UnmatchedBook, kept: ReadonlySet<string>): UnmatchedBook {
  const left = [...book].filter(([, { store }]) => kept.has(store));
  return left.length === book.size ? book : new Map(left);
}

/** What waits for a person first, the newest of it on top; then what was decided lately. */
export function unmatchedShown(book: UnmatchedBook, store: string | null): readonly UnmatchedPayment[] {
  const own = [...book.values()].filter((payment) => store === null || payment.store === store);
  const open = own.filter(isUndecided).sort((a, b) => b.seenAt - a.seenAt);
  const decided = own.filter((payment) => !isUndecided(payment)).sort((a, b) => b.updatedAt - a.updatedAt);
  return [...open, ...decided];
}
