import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns } from '../../../../contract/settings.ts';
import type { Column } from '../../../../contract/settings.ts';
import { withColumn, withMoved, withoutColumn, withPlaced } from '../../../../renderer/store/column-order.ts';

const some = fc.shuffledSubarray([...columns], { minLength: 2 });
const one = fc.constantFrom(...columns);
const sorted = (list: readonly Column[]) => [...list].sort();

describe('the order of columns', () => {
  it('moves one a place to the front or to the back, and no farther than there is', () => {
    const shown: Column[] = ['order', 'price', 'verdict'];
    expect(withMoved(shown, 'price', -1)).toEqual(['price', 'order', 'verdict']);
    expect(withMoved(shown, 'price', 1)).toEqual(['order', 'verdict', 'price']);
    expect(withMoved(shown, 'order', -1)).toEqual(shown);
    expect(withMoved(shown, 'verdict', 1)).toEqual(shown);
    expect(withMoved(shown, 'state', 1)).toEqual(shown);
  });

  it('takes one to where another stands, in both directions', () => {
    const shown: Column[] = ['state', 'order', 'price', 'verdict'];
    expect(withPlaced(shown, 'verdict', 'order')).toEqual(['state', 'verdict', 'order', 'price']);
    expect(withPlaced(shown, 'state', 'price')).toEqual(['order', 'price', 'state', 'verdict']);
    expect(withPlaced(shown, 'source', 'price')).toEqual(shown);
    expect(withPlaced(shown, 'price', 'source')).toEqual(shown);
  });

  it('brings one back behind what usually stands before it, and leaves the others as they were arranged', () => {
    expect(withColumn(['verdict', 'price', 'order'], 'crypto')).toEqual(['verdict', 'price', 'crypto', 'order']);
    expect(withColumn(['verdict', 'order'], 'state')).toEqual(['state', 'verdict', 'order']);
    expect(withColumn(['order', 'verdict'], 'order')).toEqual(['order', 'verdict']);
  });

  it('never loses, doubles or invents a column', () => {
    fc.assert(
      fc.property(some, one, one, fc.constantFrom(-1 as const, 1 as const), (shown, a, b, by) => {
        expect(sorted(withMoved(shown, a, by))).toEqual(sorted(shown));
        expect(sorted(withPlaced(shown, a, b))).toEqual(sorted(shown));
        expect(sorted(withColumn(shown, a))).toEqual(sorted([...new Set([...shown, a])]));
        expect(withColumn(withoutColumn(shown, a), a)).toHaveLength(withColumn(shown, a).length);
      }),
    );
  });
});
