import { useAsOf } from '../../../store/use-standing.ts';

/** What is not current may not look as if it were [FR2]. */
export function useChartColour(tone: 'brand' | 'warn' | 'odd'): string {
  const current = useAsOf() === null;
  return current ? `var(--tw-${tone})` : 'var(--tw-soft)';
}
