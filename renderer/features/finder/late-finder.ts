import { latePart } from '../../ui/late-part.ts';

export const lateFinder = latePart(async () => (await import('./finder-dialog.tsx')).FinderDialog);
