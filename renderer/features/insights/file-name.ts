import type { DayRange } from '../../store/insight-choice.ts';

/** A name that every file system takes: `tillwatch-main-takings-2026-11-15-2026-11-21.png`. */
export function fileName(store: string | null, what: string, { from, to }: DayRange, ending: 'png' | 'csv'): string {
  const parts = ['tillwatch', ...(store === null ? [] : [store]), what, from, ...(to === from ? [] : [to])];
  return `${parts.join('-').replaceAll(/[^A-Za-z0-9-]/g, '_')}.${ending}`;
}
