/** The tour of a minute: where each step points, and what it says. */
import type { View } from '../../store/ui-store.ts';

export interface TourStep {
  readonly name: 'queue' | 'verdict' | 'status' | 'case' | 'find' | 'more';
  readonly view: View;
  /** What the step is about; nothing is pointed at where it is not drawn now. */
  readonly selector: string;
}

export const tourSteps: readonly TourStep[] = [
  { name: 'queue', view: 'desk', selector: '#queue, #content' },
  { name: 'verdict', view: 'desk', selector: '#queue [role="columnheader"]:nth-child(6), #queue' },
  { name: 'status', view: 'desk', selector: '[data-tour="status"]' },
  { name: 'case', view: 'desk', selector: '#queue' },
  { name: 'find', view: 'desk', selector: '[data-tour="find"], [role="search"]' },
  { name: 'more', view: 'desk', selector: 'nav' },
];
