import { describe, expect, test } from 'vitest';
import { AddressTurns } from '../../../../../gateway/chains/bitcoin/address-turns.ts';
import { PoolReader } from '../../../../../gateway/chains/bitcoin/pool-reader.ts';

describe('what is asked about next', () => {
  test('addresses take turns, the newest first, and one that is new comes at once', () => {
    const turns = new AddressTurns();
    expect(turns.next(['c', 'b', 'a'], 2)).toEqual(['c', 'b']);
    expect(turns.next(['d', 'c', 'b', 'a'], 2)).toEqual(['d', 'a']);
    expect(turns.next(['d', 'c', 'b', 'a'], 2)).toEqual(['c', 'b']);
    expect(turns.next(['a'], 2)).toEqual(['a']);
    expect(turns.next([], 2)).toEqual([]);
  });

  test('of the pool each transaction is read once, those that came last first, and none that left it', () => {
    const reader = new PoolReader();
    reader.learn(['a', 'b', 'c']);
    expect(reader.take(1)).toEqual(['a']);
    reader.learn(['a', 'c', 'd']);
    expect(reader.take(9)).toEqual(['d', 'c']);
    reader.learn(['a', 'c', 'd']);
    expect(reader.take(9)).toEqual([]);
    reader.learn(['b']);
    expect(reader.take(9)).toEqual(['b']);
  });
});
