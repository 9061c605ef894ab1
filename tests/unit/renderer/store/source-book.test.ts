import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import { SourceBook } from '../../../../renderer/store/source-book.ts';
import { sampleOrder } from '../../../support/fake-bridge/sample-orders.ts';

const step = fc.record({ n: fc.nat({ max: 6 }), source: fc.option(fc.constantFrom('cdc', 'shop', 'btcpay')) });

describe('sources', () => {
  it('are those of the orders held, whatever comes and goes, and one array while they are the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const book = new SourceBook();
        const held = new Map<number, Order>();
        for (const { n, source } of steps) {
          const names = book.names;
          const after = source === null ? undefined : sampleOrder(n, 1, { source });
          book.replace(held.get(n), after);
          if (after) held.set(n, after);
          else held.delete(n);
          const expected = [...new Set([...held.values()].map((order) => order.source))].sort();
          expect(book.names).toEqual(expected);
          if (names.join() === expected.join()) expect(book.names).toBe(names);
        }
      }),
    );
  });
});
