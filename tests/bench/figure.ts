/** One line of the bench's table. */
import { ratios, spreadOf } from './statistics.ts';
import type { Spread } from './statistics.ts';

export interface Figure {
  readonly goal: string;
  readonly what: string;
  /** What the anchor did, written out; empty where there is none. */
  readonly anchor: string;
  readonly ours: string;
  /** The figure the goal is about. */
  readonly result: string;
  readonly bound: string;
  /** Null where it was not measured. */
  readonly met: boolean | null;
}

/** A limit that a figure's median has to keep. */
export type Bound = { readonly atLeast: number } | { readonly atMost: number };

export interface Unit {
  /** Behind the number. */
  readonly name: string;
  readonly digits: number;
}

export const perSecond: Unit = { name: '/s', digits: 0 };
export const milliseconds: Unit = { name: ' ms', digits: 1 };
export const seconds: Unit = { name: ' s', digits: 2 };
export const megabytes: Unit = { name: ' MB', digits: 1 };
export const times: Unit = { name: '×', digits: 2 };
export const count: Unit = { name: '', digits: 0 };
export const percent: Unit = { name: ' %', digits: 0 };

export function keeps(value: number, bound: Bound): boolean {
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}

export function written(value: number, { name, digits }: Unit): string {
  return `${value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })}${name}`;
}

/** The median, with least and most where it was measured more than once. */
export function spreadWritten(values: readonly number[], unit: Unit): string {
  const { median, min, max } = spreadOf(values);
  const bare = { ...unit, name: '' };
  const range = values.length > 1 ? ` (${written(min, bare)}–${written(max, bare)})` : '';
  return `${written(median, unit)}${range}`;
}

export function boundWritten(bound: Bound, unit: Unit): string {
  return 'atLeast' in bound ? `≥ ${written(bound.atLeast, unit)}` : `≤ ${written(bound.atMost, unit)}`;
}

/** Ours beside an anchor, pair by pair; judged by the median of their ratios. */
export function ratioFigure(
  about: { readonly goal: string; readonly what: string; readonly bound: Bound; readonly unit: Unit },
  ours: readonly number[],
  anchor: readonly number[],
): Figure {
  const each = ratios(ours, anchor);
  return {
    goal: about.goal,
    what: about.what,
    anchor: spreadWritten(anchor, about.unit),
    ours: spreadWritten(ours, about.unit),
    result: spreadWritten(each, times),
    bound: boundWritten(about.bound, times),
    met: keeps(spreadOf(each).median, about.bound),
  };
}

/** A figure with a limit of its own; judged by its median. */
export function valueFigure(
  about: { readonly goal: string; readonly what: string; readonly bound: Bound; readonly unit: Unit },
  values: readonly number[],
  anchor = '',
): Figure {
  const result = spreadWritten(values, about.unit);
  const { goal, what, bound, unit } = about;
  return { goal, what, anchor, ours: '', result, bound: boundWritten(bound, unit), met: keeps(median(values), bound) };
}

export function notMeasured(goal: string, what: string, why: string): Figure {
  return { goal, what, anchor: '', ours: '', result: `not measured: ${why}`, bound: '', met: null };
}

function median(values: readonly number[]): number {
  const { median }: Spread = spreadOf(values);
  return median;
}
