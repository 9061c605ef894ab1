/** The English catalogue, the one every other language is complete against. */
import { actionStrings } from './en/actions.ts';
import { doctorEnglish } from '../../contract/doctor-english.ts';
import { caseStrings } from './en/case.ts';
import { caseToolStrings } from './en/case-tools.ts';
import { customerStrings } from './en/customer.ts';
import { deskStrings } from './en/desk.ts';
import { doctorStrings } from './en/doctor.ts';
import { evidenceStrings } from './en/evidence.ts';
import { faultStrings } from './en/faults.ts';
import { findingStrings } from './en/findings.ts';
import { noteStrings } from './en/notes.ts';
import { refusalStrings } from './en/refusals.ts';
import { healthStrings } from './en/health.ts';
import { insightStrings } from './en/insights.ts';
import { onboardingStrings } from './en/onboarding.ts';
import { orderStrings } from './en/order.ts';
import { queueStrings } from './en/queue.ts';
import { counterModeStrings } from './en/counter-mode.ts';
import { finderStrings } from './en/finder.ts';
import { replayStrings } from './en/replay.ts';
import { settingsStrings } from './en/settings.ts';
import { shellStrings } from './en/shell.ts';
import { tourStrings } from './en/tour.ts';
import { unmatchedStrings } from './en/unmatched.ts';
import { witnessStrings } from './en/witness.ts';

export const english = {
  ...shellStrings,
  ...deskStrings,
  ...orderStrings,
  ...caseStrings,
  ...actionStrings,
  ...healthStrings,
  ...insightStrings,
  ...doctorStrings,
  ...doctorEnglish,
  ...onboardingStrings,
  ...unmatchedStrings,
  ...findingStrings,
  ...evidenceStrings,
  ...noteStrings,
  ...refusalStrings,
  ...faultStrings,
  ...witnessStrings,
  ...settingsStrings,
  ...replayStrings,
  ...caseToolStrings,
  ...customerStrings,
  ...queueStrings,
  ...counterModeStrings,
  ...finderStrings,
  ...tourStrings,
} as const;
