import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchMatch } from '../../../../../contract/protocol.ts';
import { searchFields } from '../../../../../contract/protocol.ts';
import { searchQuery } from '../../../../../contract/search-query.ts';
import { orderMatches, unmatchedMatches } from '../../../../../contract/search-terms.ts';
import { rankAnswers } from '../../../../../renderer/features/finder/rank-answers.ts';
import type { Answer, Found } from '../../../../../renderer/features/finder/rank-answers.ts';
import { MINUTE, sampleOrder, samplePayment } from '../../../../support/fake-bridge/sample-orders.ts';
import { someUnmatched } from '../../../../support/fake-bridge/sample-unmatched.ts';

const NOW = Date.UTC(2026, 10, 21, 14, 30);
const place = { timeZone: 'UTC', now: NOW };
const nameOf = (answer: Answer) => (answer.kind === 'order' ? answer.order.id : answer.payment.id);
const names = (found: Found, q: string) => rankAnswers(found, q, place).map(nameOf);
const reasons = (found: Found, q: string) => rankAnswers(found, q, place).map(({ why }) => why);

/** What a gateway would find among these for a question. */
function search(orders: Found['orders'], q: string): Found {
  const query = searchQuery(q, place);
  const money = someUnmatched(NOW).payments;
  const matches = [
    ...orders.flatMap((order) => orderMatches(order, query)),
    ...money.flatMap((payment) => unmatchedMatches(payment, query)),
  ];
  const of = (id: string) => matches.some(({ order }) => order === id);
  return { orders: orders.filter(({ id }) => of(id)), unmatched: money.filter(({ id }) => of(id)), matches };
}

const questions = ['A-10', 'a-1003', '54', '$12', '0x', 'sofia', 'customer3@example.com', '14:25', 'abc', '2026-11-21'];
const someFound: fc.Arbitrary<Found> = fc
  .record({
    ns: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }),
    told: fc.array(
      fc.record({
        n: fc.nat({ max: 14 }),
        field: fc.constantFrom(...searchFields),
        value: fc.oneof(fc.constantFrom(...questions), fc.string({ maxLength: 20 })),
      }),
      { maxLength: 30 },
    ),
  })
  .map(({ ns, told }) => {
    const orders = ns.map((n) => sampleOrder(n, NOW));
    const unmatched = someUnmatched(NOW).payments;
    const ids = [...orders.map(({ id }) => id), ...unmatched.map(({ id }) => id)];
    const matches = told.flatMap(({ n, field, value }): SearchMatch[] => {
      const order = ids[n % ids.length];
      return order === undefined ? [] : [{ order, field, value }];
    });
    return { orders, unmatched, matches };
  });
const someQuestion = fc.constantFrom(...questions);

describe('ranking answers', () => {
  it('gives all that was found once, whatever the reasons are', () => {
    fc.assert(
      fc.property(someFound, someQuestion, (found, q) => {
        const all = [...found.orders.map(({ id }) => id), ...found.unmatched.map(({ id }) => id)];
        expect(names(found, q).toSorted()).toEqual(all.toSorted());
      }),
    );
  });

  it('gives the same list in whatever order it was found', () => {
    fc.assert(
      fc.property(someFound, someQuestion, fc.infiniteStream(fc.nat()), (found, q, randoms) => {
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((each) => ({ each, at: Number(randoms.next().value) }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ each }) => each);
        const again = {
          orders: shuffled(found.orders),
          unmatched: shuffled(found.unmatched),
          matches: shuffled(found.matches),
        };
        expect(names(again, q)).toEqual(names(found, q));
        expect(reasons(again, q)).toEqual(reasons(found, q));
      }),
    );
  });

  it('keeps the others in their places when one is left out', () => {
    fc.assert(
      fc.property(someFound, someQuestion, fc.nat({ max: 20 }), (found, q, n) => {
        fc.pre(found.orders.length > 0);
        const gone = found.orders[n % found.orders.length]!.id;
        const fewer = { ...found, orders: found.orders.filter(({ id }) => id !== gone) };
        expect(names(fewer, q)).toEqual(names(found, q).filter((name) => name !== gone));
      }),
    );
  });

  it('puts a whole match before every beginning, and never calls a beginning exact', () => {
    fc.assert(
      fc.property(someFound, someQuestion, (found, q) => {
        const ranked = rankAnswers(found, q, place);
        const exact = ranked.map(({ why }) => why?.exact ?? false);
        expect(exact).toEqual(exact.toSorted((a, b) => Number(b) - Number(a)));
        const { beginnings } = searchQuery(q, place);
        for (const { why } of ranked) {
          if (!why?.exact) continue;
          const term = why.value.trim().toLowerCase();
          expect(
            beginnings.some(
              (each) => term === each || (why.field === 'amount' && term.startsWith(`${each.trimEnd()} `)),
            ),
          ).toBe(true);
        }
      }),
    );
  });

  it('finds the order of a hash, an address, an e-mail, an amount and a link with any of them', () => {
    const orders = Array.from({ length: 40 }, (_, n) => sampleOrder(n + 1, NOW));
    const paid = { ...orders[17]!, payments: [samplePayment(orders[17]!, 17)] };
    const all = orders.map((order) => (order.id === paid.id ? paid : order));
    const hash = paid.payments[0]!.txHash ?? '';
    const asked = [
      ...[hash, hash.slice(2), hash.toUpperCase(), `https://etherscan.io/tx/${hash}`],
      ...[paid.pay[0]!.address ?? '', paid.customer?.email ?? '', `#${paid.reference}`, paid.id],
    ];
    for (const q of asked) expect(names(search(all, q), q)[0], q).toBe(paid.id);
    const { currency, amount } = paid.price;
    expect(rankAnswers(search(all, amount), amount, place)[0]).toMatchObject({ why: { field: 'amount', exact: true } });
    expect(names(search(all, `${amount} ${currency}`), `${amount} ${currency}`)).toContain(paid.id);
  });

  it('takes the order that is nearest to a time', () => {
    const at = (minutes: number, n: number) => sampleOrder(n, NOW, { createdAt: NOW - minutes * MINUTE });
    const orders = [at(2, 1), at(15, 2), at(29, 3)];
    const ranked = rankAnswers({ ...search(orders, '14:16'), unmatched: [] }, '14:16', place);
    expect(ranked).toHaveLength(3);
    expect(ranked[0]).toMatchObject({ kind: 'order', order: { id: orders[1]!.id }, why: { field: 'time' } });
  });
});
