import { describe, expect, it } from 'vitest';
import { announcements, nothingUntold, withFresh } from '../../../../renderer/features/shell/announcement.ts';
import type { MomentSound } from '../../../../renderer/store/moments.ts';
import type { OrderKey } from '../../../../renderer/store/order-key.ts';
import { createStrings } from '../../../../renderer/strings/create-strings.ts';

const flashes = (...entries: [OrderKey, number, MomentSound][]) =>
  new Map(entries.map(([key, seq, sound]) => [key, { seq, sound }]));
const { tell } = createStrings('en', []);
const said = (untold: typeof nothingUntold) =>
  announcements(untold, (key) => key.replace('main/', '').toUpperCase()).map(tell);

describe('announcements', () => {
  it('tell one order by its reference', () => {
    expect(said(withFresh(nothingUntold, flashes(['main/a', 1, 'money']), new Map()))).toEqual(['New payment for A.']);
    expect(said(withFresh(nothingUntold, flashes(['main/a', 1, 'paid']), new Map()))).toEqual(['A is paid.']);
    expect(said(withFresh(nothingUntold, flashes(['main/a', 1, 'trouble']), new Map()))).toEqual(['A needs eyes.']);
  });

  it('gather what came meanwhile, the gravest first, each order once with its newest', () => {
    const first = flashes(['main/a', 1, 'money'], ['main/b', 2, 'money']);
    const second = flashes(['main/a', 3, 'trouble'], ['main/b', 2, 'money'], ['main/c', 4, 'money']);
    const untold = withFresh(withFresh(nothingUntold, first, new Map()), second, first);
    expect(said(untold)).toEqual(['A needs eyes.', '2 new payments.']);
    const many = flashes(
      ...Array.from({ length: 40 }, (_, n): [OrderKey, number, MomentSound] => [`main/${n}`, n, 'paid']),
    );
    expect(said(withFresh(nothingUntold, many, new Map()))).toEqual(['40 orders are paid.']);
  });

  it('tell nothing again that flashes still, and nothing of nothing', () => {
    const still = flashes(['main/a', 1, 'money']);
    expect(withFresh(nothingUntold, new Map(still), still)).toBe(nothingUntold);
    expect(said(nothingUntold)).toEqual([]);
  });
});
