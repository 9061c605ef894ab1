import { latePart } from '../../ui/late-part.ts';

export const lateLinkOffer = latePart(async () => (await import('./link-offer.tsx')).LinkOffer);
