import { latePart } from '../../ui/late-part.ts';

export const lateReplay = latePart(async () => (await import('./replay-view.tsx')).ReplayView);
