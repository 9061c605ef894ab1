/** Two examinations by the doctor, as a real one tells them: a way that is open, and one that ends. */
import { doctorFindings, doctorStepNames } from '../../../contract/doctor.ts';
import type { DoctorFinding, DoctorReport, DoctorStep, DoctorStepName } from '../../../contract/doctor.ts';

type Taken = readonly [step: DoctorStepName, finding: DoctorFinding, ms: number | null, params?: DoctorStep['params']];

function report(startedAt: number, taken: readonly Taken[]): DoctorReport {
  const steps = taken.map(([step, finding, ms, params = {}]) => {
    return { step, finding, result: doctorFindings[finding], params, ms };
  });
  const known = new Set(steps.map(({ step }) => step));
  const left = doctorStepNames.filter((step) => !known.has(step));
  const notReached = left.map(
    (step) => ({ step, finding: 'not-reached', result: 'skipped', params: {}, ms: null }) as const,
  );
  return { gateway: 'https://pay.example.com', startedAt, running: null, steps: [...steps, ...notReached] };
}

export function openWay(now: number): DoctorReport {
  return report(now, [
    ['proxy', 'proxy-none', 0.1],
    ['name', 'name-found', 14.2, { host: 'pay.example.com', addresses: '203.0.113.7, 2001:db8::7' }],
    ['tcp', 'tcp-partly', 8000, { port: '443', addresses: '203.0.113.7', silent: '2001:db8::7', code: 'ETIMEDOUT' }],
    ['tls', 'tls-trusted', 41, { names: 'pay.example.com', issuer: 'Example Authority', until: '2027-02-11' }],
    ['http', 'http-gateway', 29, { version: '0.1.0' }],
    ['polling', 'polling-open', 55],
    ['websocket', 'websocket-stripped', 31, { status: 400 }],
    ['ticket', 'ticket-given', 61, { name: 'Front counter', role: 'staff' }],
    ['clock', 'clock-right', 92, { error: 31 }],
    ['join', 'join-in-use', null],
    ['resume', 'resume-follows', 27, { store: 'Main street', seq: 10_532, behind: 0 }],
  ]);
}

export function brokenWay(now: number): DoctorReport {
  return report(now, [
    ['proxy', 'proxy-none', 0.1],
    ['name', 'name-found', 14.2, { host: 'pay.example.com', addresses: '203.0.113.7' }],
    ['tcp', 'tcp-open', 21, { port: '443', addresses: '203.0.113.7' }],
    ['tls', 'tls-other-name', 38, { names: 'login.hotel.example, wifi.hotel.example', host: 'pay.example.com' }],
  ]);
}
