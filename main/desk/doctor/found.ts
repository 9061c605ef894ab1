import type { DoctorFinding, DoctorStep } from '../../../contract/doctor.ts';

/** What one probe found: a finding by name, and what its text names. */
export interface Found {
  readonly finding: DoctorFinding;
  readonly params: DoctorStep['params'];
}

/** What was found, and what the next steps need of it; null where they cannot be taken. */
export interface Checked<T> {
  readonly found: Found;
  readonly value: T | null;
}

/** Texts from outside, such as names in a certificate, are cut to what a report holds. */
const TEXT_MOST = 300;

export function found(finding: DoctorFinding, params: DoctorStep['params'] = {}): Found {
  const cut = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, TEXT_MOST) : value,
  ]);
  return { finding, params: Object.fromEntries(cut) as Found['params'] };
}

export function blocked(finding: Found): Checked<never> {
  return { found: finding, value: null };
}
