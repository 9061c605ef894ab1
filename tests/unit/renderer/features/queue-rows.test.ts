import { describe, expect, it } from 'vitest';
import { nextActive } from '../../../../renderer/features/orders/queue-move.ts';
import { withGroups } from '../../../../renderer/features/orders/use-queue-rows.ts';
import type { QueueRow } from '../../../../renderer/features/orders/use-queue-rows.ts';
import { hashOf, placeOf } from '../../../../renderer/features/shell/view-in-address.ts';
import type { Rank, Urgency } from '../../../../renderer/store/urgency.ts';
import { sparkPoints } from '../../../../renderer/ui/sparkline.tsx';

const rank = (key: string, urgency: Urgency): Rank => ({ key: `main/${key}`, urgency, group: 0, position: 0 });
const rows: readonly QueueRow[] = withGroups([rank('a', 'eyes'), rank('b', 'eyes'), rank('c', 'paid')]);

describe('queue rows', () => {
  it('heads each group once, with how many it holds', () => {
    expect(rows.map((row) => (row.kind === 'group' ? `${row.urgency} ${row.count}` : row.key))).toEqual([
      'eyes 2',
      'main/a',
      'main/b',
      'paid 1',
      'main/c',
    ]);
    expect(withGroups([])).toEqual([]);
  });

  it.each([
    ['ArrowDown', -1, 1],
    ['j', 1, 2],
    ['j', 2, 4],
    ['k', 4, 2],
    ['ArrowUp', 1, 1],
    ['ArrowDown', 4, 4],
    ['End', 1, 4],
    ['Home', 4, 1],
    ['PageDown', 1, 4],
    ['PageUp', 4, 1],
    ['x', 1, null],
  ] as const)('%s from row %d goes to %s, never onto a heading', (key, from, expected) => {
    expect(nextActive(rows, from, key, 3)).toBe(expected);
  });

  it('goes nowhere in an empty queue', () => {
    expect(nextActive([], -1, 'j', 3)).toBeNull();
  });
});

describe('place in the address', () => {
  it.each([
    ['#/health', { view: 'health', opened: null }],
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
