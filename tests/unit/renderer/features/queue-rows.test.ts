import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_PX, groupName, QueueLayout, ROW_PX } from '../../../../renderer/features/orders/queue-layout.ts';
import type { QueueRow } from '../../../../renderer/features/orders/queue-layout.ts';
import { nextActive } from '../../../../renderer/features/orders/queue-move.ts';
import { indexesOf, revealed } from '../../../../renderer/features/orders/use-row-window.ts';
import { hashOf, placeOf } from '../../../../renderer/features/shell/view-in-address.ts';
import type { OrderKey } from '../../../../renderer/store/order-key.ts';
import { urgencies } from '../../../../renderer/store/urgency.ts';
import type { Rank, Urgency } from '../../../../renderer/store/urgency.ts';
import { sparkPoints } from '../../../../renderer/ui/sparkline.tsx';

const rank = (key: string, urgency: Urgency): Rank => ({
  key: `main/${key}`,
  urgency,
  group: urgencies.indexOf(urgency),
  position: 0,
});
const layout = new QueueLayout([rank('a', 'eyes'), rank('b', 'eyes'), rank('c', 'paid')], 'urgency');
const told = (row: QueueRow | undefined) => (row?.kind === 'group' ? `${groupName(row.of)} ${row.count}` : row?.key);
const rowsOf = (of: QueueLayout) => Array.from({ length: of.length }, (_, n) => told(of.at(n)));

/** Every row made, as a list. */
function rowsAnew(ranks: readonly Rank[], grouped: boolean): { told: string | undefined; height: number }[] {
  return ranks.flatMap(({ key, urgency }, n) => {
    const row = { told: key, height: ROW_PX.compact };
    if (!grouped || ranks[n - 1]?.urgency === urgency) return [row];
    const count = ranks.filter((other) => other.urgency === urgency).length;
    return [{ told: `${urgency} ${count}`, height: GROUP_PX }, row];
  });
}

const someRanks = fc
  .array(fc.constantFrom(...urgencies), { maxLength: 80 })
  .map((all) =>
    all.toSorted((a, b) => urgencies.indexOf(a) - urgencies.indexOf(b)).map((urgency, n) => rank(`o${n}`, urgency)),
  );

describe('queue rows', () => {
  it('heads each group once, with how many it holds', () => {
    expect(rowsOf(layout)).toEqual(['eyes 2', 'main/a', 'main/b', 'paid 1', 'main/c']);
    expect(rowsOf(new QueueLayout([], 'urgency'))).toEqual([]);
  });

  it('stand where a list of all of them would put each', () => {
    fc.assert(
      fc.property(someRanks, fc.boolean(), (ranks, grouped) => {
        const made = new QueueLayout(ranks, grouped ? 'urgency' : 'none', ROW_PX.compact);
        const rows = rowsAnew(ranks, grouped);
        expect(rowsOf(made)).toEqual(rows.map((row) => row.told));
        let top = 0;
        rows.forEach(({ height }, n) => {
          expect([made.topOf(n), made.heightOf(n)]).toEqual([top, height]);
          expect([made.indexAt(top), made.indexAt(top + height - 1)]).toEqual([n, n]);
          top += height;
        });
        expect(made.height).toBe(top);
        for (const { key } of ranks) expect(told(made.at(made.indexOf(key)))).toBe(key);
      }),
    );
  });

  it('heads each store once, where they are grouped so', () => {
    const ranks = ['york/1', 'york/2', 'lisbon/1'].map((key) => ({ ...rank('x', 'paid'), key: key as OrderKey }));
    const made = new QueueLayout(ranks, 'store');
    expect(rowsOf(made)).toEqual(['york 2', 'york/1', 'york/2', 'lisbon 1', 'lisbon/1']);
  });

  it('are none beyond the last, before the first, or of an order that is not there', () => {
    expect([layout.at(5), layout.at(-1)]).toEqual([undefined, undefined]);
    expect([layout.indexOf('main/x'), layout.indexOf(null)]).toEqual([-1, -1]);
    expect([layout.indexAt(-500), layout.indexAt(1e9)]).toEqual([0, 4]);
  });

  it('draws what is in sight and some around, and the one the keyboard stands on', () => {
    const many = new QueueLayout(
      Array.from({ length: 100_000 }, (_, n) => rank(`o${n}`, 'confirming')),
      'urgency',
    );
    const top = many.topOf(50_000);
    const indexes = indexesOf(many, top, 600, -1);
    expect([indexes[0], indexes.at(-1)]).toEqual([49_990, 50_022]);
    expect(indexesOf(many, top, 600, 3)[0]).toBe(3);
    expect(indexesOf(many, top, 600, 99_999).at(-1)).toBe(99_999);
    expect(indexesOf(many, top, 600, 50_000)).toEqual(indexes);
    expect(indexesOf(new QueueLayout([], 'urgency'), 0, 600, 0)).toEqual([]);
  });

  it('scrolls no farther than it takes to see a row whole', () => {
    expect(revealed(layout, 4, 0, 100)).toBe(layout.height - 100);
    expect(revealed(layout, 1, 120, 100)).toBe(GROUP_PX);
    expect(revealed(layout, 2, 60, 100)).toBe(60);
  });

  it.each([
    ['ArrowDown', -1, 1],
    ['ArrowDown', 1, 2],
    ['ArrowDown', 2, 4],
    ['ArrowUp', 4, 2],
    ['ArrowUp', 1, 1],
    ['ArrowDown', 4, 4],
    ['End', 1, 4],
    ['Home', 4, 1],
    ['PageDown', 1, 4],
    ['PageUp', 4, 1],
    ['x', 1, null],
  ] as const)('%s from row %d goes to %s, never onto a heading', (key, from, expected) => {
    expect(nextActive(layout, from, key, 3)).toBe(expected);
  });

  it('goes nowhere in an empty queue', () => {
    expect(nextActive(new QueueLayout([], 'urgency'), -1, 'ArrowDown', 3)).toBeNull();
  });
});

describe('place in the address', () => {
  it.each([
    ['#/health', { view: 'health', opened: null }],
    ['#/counter', { view: 'counter', opened: null }],
    ['#/desk', { view: 'desk', opened: null }],
    ['#/desk/main/ord_1', { view: 'desk', opened: 'main/ord_1' }],
  ] as const)('%s and back', (hash, place) => {
    expect(placeOf(hash)).toEqual(place);
    expect(hashOf(place)).toBe(hash);
  });

  it.each(['', '#', '#/nowhere', '#/desk/main', '#/desk/%E0%A4%A/x', '#/desk//x'])('%j is the desk', (hash) => {
    expect(placeOf(hash)).toEqual({ view: 'desk', opened: null });
  });
});

describe('sparkline', () => {
  it('fills its box from the oldest to the newest, starting at zero', () => {
    expect(sparkPoints([0, 50, 100], 103, 53)).toEqual([
      [3, 50],
      [51.5, 26.5],
      [100, 3],
    ]);
    expect(sparkPoints([], 100, 50)).toEqual([]);
    expect(sparkPoints([7], 100, 50)).toHaveLength(1);
  });
});
