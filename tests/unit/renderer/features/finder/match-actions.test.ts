import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchActions } from '../../../../../renderer/features/finder/match-actions.ts';

const actions = [
  { id: 'health', label: 'Go to Health', words: 'connection doctor' },
  { id: 'settings', label: 'Go to Settings', words: 'sounds' },
  { id: 'mute', label: 'Mute sounds' },
  { id: 'store', label: 'Store: Main street' },
  { id: 'chinese', label: '前往健康状况' },
];
const found = (typed: string) => matchActions(actions, typed).map(({ id }) => id);

describe('matching commands', () => {
  it.each([
    ['hea', ['health']],
    ['GO set', ['settings']],
    ['sounds', ['mute', 'settings']],
    ['street main', ['store']],
    ['健康', ['chinese']],
    ['0xabc', []],
    ['???', []],
  ])('%j finds %j', (typed, ids) => {
    expect(found(typed)).toEqual(ids);
  });

  it('offers all while nothing is typed, and each once whatever is', () => {
    expect(found('  ')).toEqual(actions.map(({ id }) => id));
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const ids = found(typed);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
