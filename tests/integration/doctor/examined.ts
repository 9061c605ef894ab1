/** The doctor over the real network of this machine, with steps that wait for a short time only. */
import type { DoctorReport, DoctorStep, DoctorStepName } from '../../../contract/doctor.ts';
import { doctorReportSchema } from '../../../contract/doctor.ts';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import type { NetworkPort } from '../../../main/desk/desk.ts';
import { examine } from '../../../main/desk/doctor/examine.ts';
import { found } from '../../../main/desk/doctor/found.ts';
import type { Patient } from '../../../main/desk/doctor/patient.ts';
import { pairWithGateway } from '../../../main/desk/pairing/pair-with-gateway.ts';
import type { Pairing } from '../../../main/desk/pairing/pairing.ts';
import { timing } from '../../../main/desk/timing.ts';
import { doctorWords } from '../../../main/doctor/doctor-words.ts';

export interface Examined {
  readonly report: DoctorReport;
  /** Findings by step, the last of each. */
  readonly findings: Readonly<Partial<Record<DoctorStepName, DoctorStep['finding']>>>;
  step(name: DoctorStepName): DoctorStep;
}

/** A tenth of the real timers: a silent step ends within 0.8 s. */
const TIME_SCALE = 0.1;

export const direct: NetworkPort = { resolveProxy: async () => null, certificates: () => [] };

export function trusting(...certificates: readonly string[]): NetworkPort {
  return { ...direct, certificates: () => certificates };
}

export function nobodyAt(gateway: string): Patient {
  return { gateway, identity: found('ticket-not-paired'), positions: null, connected: () => false };
}

export function pairedAt(pairing: Pairing, changes: Partial<Patient> = {}): Patient {
  return { gateway: pairing.gateway, identity: pairing, positions: null, connected: () => false, ...changes };
}

export async function pair(gateway: string, code: string, network = direct): Promise<Pairing> {
  return pairWithGateway(
    { gateway, code, name: 'Front counter' },
    { network, time: systemTime, timing: timing(TIME_SCALE) },
  );
}

/** Examines, and checks what holds of every report: it fits its schema, and its words are whole. */
export async function examined(patient: Patient, network = direct): Promise<Examined> {
  const { signal } = new AbortController();
  const told: DoctorReport[] = [];
  const instruments = { network, time: systemTime, timing: timing(TIME_SCALE), version: 'test', signal };
  const report = doctorReportSchema.parse(await examine(patient, instruments, (so) => told.push(so)));
  for (const step of report.steps) {
    const { found: words, attempt } = doctorWords(step);
    if (`${words}${attempt ?? ''}`.includes('{')) throw new Error(`words with a hole: ${words} ${attempt ?? ''}`);
    const hasAttempt = attempt !== null;
    if (hasAttempt !== (step.result === 'failed' || step.result === 'warning')) throw new Error(`no try: ${words}`);
  }
  for (const [n, each] of told.slice(1).entries())
    if (each.steps.length < (told[n]?.steps.length ?? 0)) throw new Error('a report that shrank');
  if (JSON.stringify(told.at(-1)) !== JSON.stringify(report))
    throw new Error('the last that was told is not the report');
  return {
    report,
    findings: Object.fromEntries(report.steps.map(({ step, finding }) => [step, finding])),
    step: (name) => {
      const step = report.steps.find((each) => each.step === name);
      if (!step) throw new Error(`no step ${name}`);
      return step;
    },
  };
}
