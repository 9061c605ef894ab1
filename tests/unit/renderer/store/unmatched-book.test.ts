import { describe, expect, it } from 'vitest';
import type { UnmatchedBook } from '../../../../renderer/store/unmatched-book.ts';
import { unmatchedShown, withoutStores, withUnmatched } from '../../../../renderer/store/unmatched-book.ts';
import { someUnmatched } from '../../../support/fake-bridge/sample-unmatched.ts';

const NOW = 1_795_000_000_000;
const push = someUnmatched(NOW);
const [first] = push.payments;
if (!first) throw new Error('there is a sample');
const empty: UnmatchedBook = new Map();

describe('unmatched money held', () => {
  it('puts what waits for a person first, then what was decided last', () => {
    const states = unmatchedShown(withUnmatched(empty, push), null).map(({ state }) => state);
    expect(states).toEqual(['open', 'open', 'attached', 'dismissed', 'vanished']);
    expect(unmatchedShown(withUnmatched(empty, push), 'annex')).toEqual([]);
  });

  it('replaces a payment by its newer state and never by an older one, of its own store alone', () => {
    const held = withUnmatched(empty, push);
    const tell = (changes: object) => ({ store: 'main', reset: false, payments: [{ ...first, ...changes }] });
    const newer = withUnmatched(held, tell({ state: 'dismissed', updatedSeq: first.updatedSeq + 1 }));
    expect(newer.get(`main/${first.id}`)?.state).toBe('dismissed');
    expect(withUnmatched(newer, tell({})).get(`main/${first.id}`)?.state).toBe('dismissed');
    const two = withUnmatched(held, { ...push, store: 'annex', payments: [{ ...first, store: 'annex' }] });
    expect(two.size).toBe(held.size + 1);
  });

  it('voids what was shown of a store on a reset, and leaves other stores alone', () => {
    const both = withUnmatched(withUnmatched(empty, push), {
      ...{ store: 'annex', reset: true, payments: [{ ...first, store: 'annex' }] },
    });
    const after = withUnmatched(both, { store: 'main', reset: true, payments: [] });
    expect([...after.values()].map(({ store }) => store)).toEqual(['annex']);
  });

  it('forgets stores that this desk has no more, and is the same where it has all', () => {
    const held = withUnmatched(empty, push);
    expect(withoutStores(held, new Set(['main']))).toBe(held);
    expect(withoutStores(held, new Set()).size).toBe(0);
  });
});
