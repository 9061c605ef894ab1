import { latePart } from '../../ui/late-part.ts';

export const latePairAnew = latePart(async () => (await import('./pair-anew.tsx')).PairAnew);
