/** The tour of a minute: where each step points, and what it says. */
import type { View } from '../../store/ui-store.ts';

export interface TourStep {
  readonly name: 'queue' | 'verdict' | 'status' | 'case' | 'find' | 'more';
  readonly view: View;
  /** What the step is about, the best first; nothing is pointed at where none of them is drawn now. */
  readonly selectors: readonly string[];
}

export const tourSteps: readonly TourStep[] = [
  { name: 'queue', view: 'desk', selectors: ['#queue', '#content'] },
  { name: 'verdict', view: 'desk', selectors: ['#queue [data-column="verdict"]', '#queue'] },
  { name: 'status', view: 'desk', selectors: ['[data-tour="status"]'] },
  { name: 'case', view: 'desk', selectors: ['#queue [role="row"][aria-rowindex="2"]', '#queue'] },
  { name: 'find', view: 'desk', selectors: ['[data-tour="find"]', '[role="search"]'] },
  { name: 'more', view: 'desk', selectors: ['nav'] },
];
