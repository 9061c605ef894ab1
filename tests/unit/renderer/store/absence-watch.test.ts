import { describe, expect, it } from 'vitest';
import { UNHEARD_MS, watchAbsence, watchingAbsence } from '../../../../renderer/store/absence-watch.ts';
import type { Standing } from '../../../../renderer/store/standing.ts';

const current: Standing = { kind: 'current', slower: false };
const gone: Standing = { kind: 'host-gone', asOf: 1, since: 1 };
const opening: Standing = { kind: 'opening' };

/** One letter a second: live, gone, opening. @returns the seconds at which it is heard */
function heardAt(course: string): number[] {
  const standings = Array.from(course).map((letter) => (letter === 'l' ? current : letter === 'g' ? gone : opening));
  let watch = watchingAbsence;
  return standings.flatMap((is, second) => {
    const next = watchAbsence(watch, standings[second - 1] ?? opening, is, second * 1000);
    watch = next.watch;
    return next.sounds ? [second] : [];
  });
}

describe('an absence', () => {
  it('is heard once, after five seconds', () => {
    expect(heardAt('llggggggggggggg')).toEqual([2 + UNHEARD_MS / 1000]);
  });

  it('is not heard when the desk is soon back, and each longer one anew', () => {
    expect(heardAt('lggglggggl')).toEqual([]);
    expect(heardAt('lggggggglgggggggl')).toEqual([6, 14]);
  });

  it('is none before the desk was ever live', () => {
    expect(heardAt('ogggggggggg')).toEqual([]);
  });
});
