import type { DoctorReport } from '../../contract/doctor.ts';
import { doctorResult } from '../../contract/doctor.ts';
import type { NetworkPort, TimePort } from '../desk/desk.ts';
import { examine } from '../desk/doctor/examine.ts';
import { timing } from '../desk/timing.ts';
import { doctorUsage, parseDoctorArguments } from './doctor-arguments.ts';
import { findPatient } from './find-patient.ts';
import { resultLine, stepsLines } from './report-lines.ts';

export interface DoctorTerminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly time: TimePort;
  /** The way to the network where no proxy is given. */
  readonly network: NetworkPort;
  readonly version: string;
  readonly signal: AbortSignal;
  /** Scales how long a step may take, for tests; 1 by default. */
  readonly timeScale?: number;
}

/** @returns the exit code: 0 all is well, 1 a step failed, 2 wrong arguments */
export async function runDoctor(argv: readonly string[], terminal: DoctorTerminal): Promise<number> {
  const parsed = parseDoctorArguments(argv);
  if ('help' in parsed) {
    terminal.out(doctorUsage);
    return 0;
  }
  if ('fault' in parsed) return refuse(parsed.fault, terminal);
  const args = parsed.value;
  const patient = await findPatient(args);
  if (typeof patient === 'string') return refuse(patient, terminal);
  const { proxy } = args;
  const network = proxy === null ? terminal.network : { ...terminal.network, resolveProxy: async () => proxy };
  const { time, version, signal, timeScale } = terminal;
  const instruments = { network, time, timing: timing(timeScale), version, signal };
  const report = await examine(patient, instruments, args.json ? () => undefined : printer(terminal));
  if (args.json) terminal.out(JSON.stringify({ ...report, result: doctorResult(report) }, null, 2));
  else terminal.out(`\n${resultLine(report)}`);
  return doctorResult(report) === 'failed' ? 1 : 0;
}

function refuse(fault: string, { err }: DoctorTerminal): number {
  err(`${fault}\n\n${doctorUsage}`);
  return 2;
}

/** Prints each step once, as soon as it is taken. */
function printer({ out }: DoctorTerminal): (report: DoctorReport) => void {
  let printed = 0;
  return ({ steps }) => {
    for (const line of stepsLines(steps.slice(printed))) out(line);
    printed = steps.length;
  };
}
