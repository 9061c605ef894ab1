import { latePart } from '../../ui/late-part.ts';

export const lateUnmatched = latePart(async () => (await import('./unmatched-panel.tsx')).UnmatchedPanel);
