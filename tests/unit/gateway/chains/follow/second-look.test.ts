import { describe, expect, test } from 'vitest';
import { SecondLook } from '../../../../../gateway/chains/follow/second-look.ts';

/** What is looked at again while the chain grows from one height to another, block by block. */
function ranges(look: SecondLook, from: number, to: number): [number, number][] {
  const asked: [number, number][] = [];
  for (let top = from; top <= to; top += 1) {
    const range = look.next(top);
    if (!range) continue;
    asked.push([range.from, range.to]);
    look.did(range.to);
  }
  return asked;
}

describe('the second look at blocks', () => {
  test('comes once for each, some blocks later, for many at a time', () => {
    expect(ranges(new SecondLook(), 100, 140)).toEqual([
      [81, 96],
      [97, 112],
      [113, 128],
    ]);
  });

  test('reaches back over a restart, however long that took, and not without end', () => {
    const look = new SecondLook();
    look.begin(100);
    expect(look.next(300)).toEqual({ from: 81, to: 296 });
    expect(look.next(9_000)).toEqual({ from: 8_485, to: 8_996 });
  });

  test('comes again for blocks that took the place of others', () => {
    const look = new SecondLook();
    expect(ranges(look, 100, 100)).toEqual([[81, 96]]);
    look.reorged(90);
    expect(ranges(look, 101, 112)).toEqual([[91, 106]]);
  });
});
