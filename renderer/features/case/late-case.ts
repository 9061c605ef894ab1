import { latePart } from '../../ui/late-part.ts';

export const lateCase = latePart(async () => (await import('./case-panel.tsx')).CasePanel);
