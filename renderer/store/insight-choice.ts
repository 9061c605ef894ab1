/** What a person chose to see in the insights; kept while the window is open. */

/** First and last day, both counted in; days as the calendar names them, `2026-11-21`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export const presets = ['today', 'yesterday', 'week', 'month', 'all'] as const;
export type Preset = (typeof presets)[number];

export type Unit = 'hour' | 'day' | 'week' | 'month';

export interface InsightChoice {
  /** A preset goes along with the days; a range stays where it is. */
  readonly days: Preset | DayRange;
  /** Null: the finest that a chart can hold. */
  readonly unit: Unit | null;
  /** Null: the store's own. */
  readonly currency: string | null;
}

export const usualInsights: InsightChoice = { days: 'today', unit: null, currency: null };
