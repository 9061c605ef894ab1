import { latePart } from '../../ui/late-part.ts';

export const lateSettings = latePart(async () => (await import('./settings-view.tsx')).SettingsView);
