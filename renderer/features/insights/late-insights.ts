import { latePart } from '../../ui/late-part.ts';

/** What draws charts weighs as much as all the rest: it is fetched when somebody asks for it, and not ahead. */
export const lateInsights = latePart(async () => (await import('./insights-view.tsx')).InsightsView);
