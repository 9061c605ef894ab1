import { doctorEnglish } from '../../contract/doctor-english.ts';
import type { DoctorStep } from '../../contract/doctor.ts';

/** A step in plain words. */
export interface DoctorWords {
  readonly title: string;
  readonly found: string;
  /** What to try; null where there is nothing to be done. */
  readonly attempt: string | null;
}

const texts: Readonly<Record<string, string>> = doctorEnglish;

export function doctorWords({ step, finding, params }: DoctorStep): DoctorWords {
  return {
    title: texts[`doctor.step.${step}`] ?? step,
    found: filled(texts[`doctor.found.${finding}`] ?? finding, params),
    attempt: texts[`doctor.try.${finding}`] ?? null,
  };
}

function filled(text: string, params: DoctorStep['params']): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
}
