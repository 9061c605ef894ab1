import { latePart } from '../../ui/late-part.ts';

export const lateHealth = latePart(async () => (await import('./health-view.tsx')).HealthView);
