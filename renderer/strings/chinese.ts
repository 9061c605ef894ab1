/** The catalogue in Simplified Chinese. Its terms are in glossary.md beside it. */
import type { Entry, StringKey } from './message.ts';
import { actionChinese } from './zh-cn/actions.ts';
import { caseChinese } from './zh-cn/case.ts';
import { caseToolChinese } from './zh-cn/case-tools.ts';
import { customerChinese } from './zh-cn/customer.ts';
import { deskChinese } from './zh-cn/desk.ts';
import { doctorReportChinese } from './zh-cn/doctor-report.ts';
import { doctorChinese } from './zh-cn/doctor.ts';
import { evidenceChinese } from './zh-cn/evidence.ts';
import { faultChinese } from './zh-cn/faults.ts';
import { findingChinese } from './zh-cn/findings.ts';
import { noteChinese } from './zh-cn/notes.ts';
import { refusalChinese } from './zh-cn/refusals.ts';
import { healthChinese } from './zh-cn/health.ts';
import { insightChinese } from './zh-cn/insights.ts';
import { onboardingChinese } from './zh-cn/onboarding.ts';
import { orderChinese } from './zh-cn/order.ts';
import { queueChinese } from './zh-cn/queue.ts';
import { counterModeChinese } from './zh-cn/counter-mode.ts';
import { finderChinese } from './zh-cn/finder.ts';
import { replayChinese } from './zh-cn/replay.ts';
import { settingsChinese } from './zh-cn/settings.ts';
import { shellChinese } from './zh-cn/shell.ts';
import { tourChinese } from './zh-cn/tour.ts';
import { unmatchedChinese } from './zh-cn/unmatched.ts';
import { witnessChinese } from './zh-cn/witness.ts';

export const chinese: Readonly<Record<StringKey, Entry>> = {
  ...shellChinese,
  ...deskChinese,
  ...orderChinese,
  ...caseChinese,
  ...actionChinese,
  ...healthChinese,
  ...insightChinese,
  ...doctorChinese,
  ...doctorReportChinese,
  ...onboardingChinese,
  ...unmatchedChinese,
  ...findingChinese,
  ...evidenceChinese,
  ...noteChinese,
  ...refusalChinese,
  ...faultChinese,
  ...witnessChinese,
  ...settingsChinese,
  ...replayChinese,
  ...queueChinese,
  ...counterModeChinese,
  ...finderChinese,
  ...caseToolChinese,
  ...customerChinese,
  ...tourChinese,
};
