import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import type { Column } from '../../../../contract/settings.ts';
import { columns, usualSettings } from '../../../../contract/settings.ts';
import { arrangedRank, arrangementOf, comparisonOf, nextSorting } from '../../../../renderer/store/arrangement.ts';
import type { Sorting } from '../../../../renderer/store/arrangement.ts';
import { orderKey } from '../../../../renderer/store/order-key.ts';
import { sampleOrder } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;

/** References, in the order that a column puts them in. */
function sorted(orders: readonly Order[], by: Column, descending = false): string[] {
  const arrangement = { grouping: 'none', by, descending } as const;
  return orders
    .map((order) => ({ order, rank: arrangedRank(order, orderKey(order), NOW, arrangement) }))
    .sort((a, b) => comparisonOf(arrangement)(a.rank, b.rank))
    .map(({ order }) => order.reference);
}
const referred = (...references: string[]) =>
  references.map((reference, n) => sampleOrder(n, NOW, { reference, id: `o${n}` }));

describe('arranging the queue', () => {
  it('counts digits of a reference as numbers', () => {
    expect(sorted(referred('A-10', 'a-9', 'A-100', 'B-1'), 'order')).toEqual(['a-9', 'A-10', 'A-100', 'B-1']);
  });

  it('compares amounts exactly, also beyond what a float holds, each currency by itself', () => {
    const amounts = ['90071992547409931.07', '9.5', '90071992547409931.06', '10', '9.50'];
    const orders = amounts.map((amount, n) =>
      sampleOrder(n, NOW, { id: `o${n}`, reference: amount, price: { currency: 'USD', amount } }),
    );
    const euro = sampleOrder(9, NOW, { id: 'e', reference: 'euro', price: { currency: 'EUR', amount: '1000000' } });
    const names = sorted([...orders, euro], 'price');
    expect(names.slice(0, 1)).toEqual(['euro']);
    expect(new Set(names.slice(1, 3))).toEqual(new Set(['9.5', '9.50']));
    expect(names.slice(3)).toEqual(['10', '90071992547409931.06', '90071992547409931.07']);
  });

  it('never finds two orders equal, and the same way round whoever asks first', () => {
    const some = fc.record({ n: fc.integer({ min: 0, max: 9 }), id: fc.constantFrom('a', 'b', 'c') });
    const by = fc.constantFrom<Sorting['by']>('urgency', ...columns);
    fc.assert(
      fc.property(some, some, by, fc.boolean(), (a, b, column, descending) => {
        fc.pre(a.id !== b.id);
        const arrangement = { grouping: 'store', by: column, descending } as const;
        const [first, second] = [a, b].map(({ n, id }) =>
          arrangedRank(sampleOrder(n, NOW, { id }), `main/${id}`, NOW, arrangement),
        );
        const compare = comparisonOf(arrangement);
        expect(Math.sign(compare(first!, second!))).toBe(-Math.sign(compare(second!, first!)));
        expect(compare(first!, second!)).not.toBe(0);
      }),
    );
  });

  it('goes by a column, the other way round, and by urgency again', () => {
    const start: Sorting = { by: 'urgency', descending: false };
    for (const column of columns) {
      const once = nextSorting(start, column);
      const twice = nextSorting(once, column);
      expect([once.by, twice.by, twice.descending]).toEqual([column, column, !once.descending]);
      expect(nextSorting(twice, column)).toEqual(start);
    }
  });

  it('has groups only where the settings say so', () => {
    expect(arrangementOf(usualSettings).grouping).toBe('none');
    expect(arrangementOf({ ...usualSettings, grouped: true, groupBy: 'store' }).grouping).toBe('store');
  });
});
