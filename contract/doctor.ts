/**
 * What the connection doctor examines on the way from this desk to its gateway, and what it can find. Texts are not
 * here: `doctor-english.ts` has the English, other languages are the screen's.
 */
import { z } from 'zod';
import { timeSchema } from './order.ts';

/** In the order in which they are taken; each needs what comes before it. */
export const doctorStepNames = [
  'proxy',
  'name',
  'tcp',
  'tls',
  'http',
  'polling',
  'websocket',
  'ticket',
  'clock',
  'join',
  'resume',
] as const;
export const doctorStepNameSchema = z.enum(doctorStepNames);
export type DoctorStepName = z.infer<typeof doctorStepNameSchema>;

/** `warning`: it works, but not as well as it could. `skipped`: not tried, and why. */
export const doctorResults = ['ok', 'warning', 'failed', 'skipped'] as const;
export type DoctorResult = (typeof doctorResults)[number];

/** Everything that can be found, and how good or bad it is. */
export const doctorFindings = {
  'not-reached': 'skipped',
  'proxy-none': 'ok',
  'proxy-answers': 'ok',
  'proxy-name': 'failed',
  'proxy-unreachable': 'failed',
  'proxy-silent': 'failed',
  'proxy-sign-in': 'failed',
  'proxy-refuses': 'failed',
  'name-found': 'ok',
  'name-address': 'ok',
  'name-by-proxy': 'skipped',
  'name-unknown': 'failed',
  'name-silent': 'failed',
  'tcp-open': 'ok',
  'tcp-partly': 'warning',
  'tcp-by-proxy': 'skipped',
  'tcp-refused': 'failed',
  'tcp-silent': 'failed',
  'tcp-unreachable': 'failed',
  'tls-trusted': 'ok',
  'tls-ends-soon': 'warning',
  'tls-none': 'skipped',
  'tls-expired': 'failed',
  'tls-not-yet': 'failed',
  'tls-other-name': 'failed',
  'tls-self-signed': 'failed',
  'tls-authority': 'failed',
  'tls-untrusted': 'failed',
  'tls-not-spoken': 'failed',
  'tls-silent': 'failed',
  'tls-broken': 'failed',
  'http-gateway': 'ok',
  'polling-open': 'ok',
  'websocket-open': 'ok',
  'websocket-stripped': 'warning',
  'websocket-silent': 'warning',
  'websocket-broken': 'warning',
  'ticket-given': 'ok',
  'ticket-not-paired': 'skipped',
  'ticket-key-protected': 'skipped',
  'ticket-elsewhere': 'skipped',
  'ticket-unknown': 'failed',
  'ticket-revoked': 'failed',
  'ticket-late': 'failed',
  'clock-right': 'ok',
  'clock-ahead': 'warning',
  'clock-behind': 'warning',
  'join-let-in': 'ok',
  'join-in-use': 'ok',
  'join-version': 'failed',
  'resume-follows': 'ok',
  'resume-picture': 'ok',
  'resume-taken-away': 'failed',
  'way-sign-in': 'failed',
  'way-stranger': 'failed',
  'way-between': 'failed',
  'way-trouble': 'failed',
  'way-draining': 'failed',
  'way-patience': 'failed',
  'way-silent': 'failed',
  'way-broken': 'failed',
} as const satisfies Record<string, DoctorResult>;
export type DoctorFinding = keyof typeof doctorFindings;
const findingNames = Object.keys(doctorFindings) as [DoctorFinding, ...DoctorFinding[]];

export const doctorStepSchema = z.object({
  step: doctorStepNameSchema,
  finding: z.enum(findingNames),
  result: z.enum(doctorResults),
  /** What the finding's text names: hosts, codes, counts. Never a secret, a ticket or a key. */
  params: z.record(z.string().max(32), z.union([z.string().max(500), z.number()])),
  /** How long it took, milliseconds; null where nothing was tried. */
  ms: z.number().min(0).nullable(),
});
export type DoctorStep = z.infer<typeof doctorStepSchema>;

/** An examination as far as it has come; `resume` has one step a store. */
export const doctorReportSchema = z.object({
  gateway: z.string().max(2048),
  /** Device time. */
  startedAt: timeSchema,
  /** What is being examined at the moment; null once all is done. */
  running: doctorStepNameSchema.nullable(),
  steps: z.array(doctorStepSchema).max(1000),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** The worst that was found, `ok` for an examination without warnings. */
export function doctorResult({ steps }: DoctorReport): Exclude<DoctorResult, 'skipped'> {
  if (steps.some(({ result }) => result === 'failed')) return 'failed';
  return steps.some(({ result }) => result === 'warning') ? 'warning' : 'ok';
}
