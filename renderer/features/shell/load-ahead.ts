import { lateCase } from '../case/late-case.ts';
import { lateFinder } from '../finder/late-finder.ts';
import { lateHealth } from '../health/late-health.ts';
import { lateLinkOffer } from '../onboarding/late-link-offer.ts';
import { latePairAnew } from '../onboarding/late-pair-anew.ts';
import { lateWelcome } from '../onboarding/late-welcome.ts';
import { lateReplay } from '../replay/late-replay.ts';
import { lateSettings } from '../settings/late-settings.ts';
import { lateUnmatched } from '../unmatched/late-unmatched.ts';

/** The first is what a person asks for first. */
const parts = [
  ...[lateFinder, lateCase, lateUnmatched, lateHealth, lateSettings],
  ...[lateReplay, latePairAnew, lateLinkOffer, lateWelcome],
];

/** Fetches what the first picture did without, one part after another, so that each leaves room for keys and frames. */
export async function loadAhead(): Promise<void> {
  for (const part of parts) await part.load();
}
