import { latePart } from '../../ui/late-part.ts';

export const lateWelcome = latePart(async () => (await import('./welcome.tsx')).Welcome);
