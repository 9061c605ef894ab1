import { describe, expect, it } from 'vitest';
import type { Listed } from '../../../../../gateway/sources/reconcile/processor-answer.ts';
import {
  afterPage,
  interrupted,
  NEVER_SWEPT,
  nextPage,
  released,
} from '../../../../../gateway/sources/reconcile/sweep.ts';
import type { Sweep, SweepPlan } from '../../../../../gateway/sources/reconcile/sweep.ts';

const MINUTE = 60_000;
const times = { sweepMs: MINUTE, deepSweepMs: 15 * MINUTE, deepWindowMs: 48 * 60 * MINUTE };
const NOW = 1_772_359_200_000;

function items(...createdAt: readonly (number | null)[]): Listed[] {
  return createdAt.map((time, index) => ({
    ref: String(index),
    createdAt: time,
    reports: [],
    wantsLook: () => false,
    complete: true,
  }));
}

function due(plan: SweepPlan, now: number, unproven = false): Sweep {
  const sweep = nextPage(plan, times, now, unproven);
  if (!sweep) throw new Error('a page was due');
  return sweep;
}

const lastPage = { kind: 'page', items: items(), next: null } as const;

describe('when the list is read', () => {
  it('goes far back first, then from shortly before the last time, and far back again now and then', () => {
    const first = due(NEVER_SWEPT, NOW);
    expect(first).toMatchObject({ since: NOW - times.deepWindowMs, cursor: null, deep: true });
    let plan = afterPage(NEVER_SWEPT, first, lastPage);
    expect(nextPage(plan, times, NOW + MINUTE - 1)).toBeNull();
    const second = due(plan, NOW + MINUTE);
    expect(second).toMatchObject({ since: NOW - 5 * MINUTE, deep: false });
    plan = afterPage(plan, second, lastPage);
    expect(due(plan, NOW + 15 * MINUTE)).toMatchObject({ deep: true });
  });

  it('is read before its time where nothing else proves the line', () => {
    const plan = afterPage(NEVER_SWEPT, due(NEVER_SWEPT, NOW), { kind: 'no-list' });
    expect(nextPage(plan, times, NOW + 1)).toBeNull();
    expect(due(plan, NOW + 1, true)).toMatchObject({ cursor: null });
  });

  it('starts anew after trouble in the middle', () => {
    const page = { kind: 'page', items: items(NOW), next: '2' } as const;
    const plan = afterPage(NEVER_SWEPT, due(NEVER_SWEPT, NOW), page);
    expect(due(plan, NOW)).toMatchObject({ cursor: '2' });
    const failed = interrupted(plan, times, NOW);
    expect(due(failed, NOW + MINUTE)).toMatchObject({ cursor: null, deep: true });
  });

  it('stands back after it failed, unless nothing else proves the line, or something else failed as well', () => {
    const failed = interrupted(NEVER_SWEPT, times, NOW);
    expect(nextPage(failed, times, NOW + MINUTE - 1)).toBeNull();
    expect(due(failed, NOW + 1, true)).toMatchObject({ cursor: null });
    expect(due(released(failed), NOW + 1)).toMatchObject({ cursor: null });
    const later = due(failed, NOW + MINUTE);
    expect(afterPage(failed, later, lastPage)).toMatchObject({ heldUntil: 0, lastAt: NOW + MINUTE });
  });
});

describe('how far it is read', () => {
  const sweep: Sweep = { since: NOW - 10, startedAt: NOW, deep: false, cursor: null, pages: 0, firstRef: null };
  const goesOn = (next: string | null, ...createdAt: readonly (number | null)[]): boolean =>
    afterPage(NEVER_SWEPT, sweep, { kind: 'page', items: items(...createdAt), next }).running !== null;

  it.each([
    ['newest first, the oldest still needed', true, [NOW, NOW - 10]],
    ['newest first, the oldest not needed any more', false, [NOW, NOW - 11]],
    ['oldest first', true, [NOW - 100, NOW - 50]],
    ['in no order', true, [NOW - 100, NOW, NOW - 200]],
    ['without times', true, [null, null]],
    ['empty', false, []],
  ])('%s: goes on is %s', (_, expected, createdAt) => {
    expect(goesOn('2', ...createdAt)).toBe(expected);
    expect(goesOn(null, ...createdAt)).toBe(false);
  });

  it('ends where a processor pages without end, or in a circle', () => {
    const endless = { kind: 'page', items: items(NOW), next: 'more' } as const;
    expect(afterPage(NEVER_SWEPT, { ...sweep, pages: 48 }, endless).running).not.toBeNull();
    expect(afterPage(NEVER_SWEPT, { ...sweep, pages: 49 }, endless).running).toBeNull();
    expect(afterPage(NEVER_SWEPT, { ...sweep, deep: true, pages: 398 }, endless).running).not.toBeNull();
    expect(afterPage(NEVER_SWEPT, { ...sweep, deep: true, pages: 399 }, endless).running).toBeNull();
    expect(afterPage(NEVER_SWEPT, { ...sweep, cursor: 'more' }, endless).running).toBeNull();
    expect(afterPage(NEVER_SWEPT, { ...sweep, firstRef: '0' }, endless).running).toBeNull();
    expect(afterPage(NEVER_SWEPT, sweep, endless).running).toMatchObject({ cursor: 'more', firstRef: '0' });
  });
});
