/** Tells when the desk has not been live for so long that a person should hear of it; once an absence. Pure. */
import type { Standing } from './standing.ts';

export interface AbsenceWatch {
  /** Gateway time since when the desk has not been live; null while it is, and before it ever was. */
  readonly since: number | null;
  readonly told: boolean;
}

export const watchingAbsence: AbsenceWatch = { since: null, told: false };

/** A connection that is back within this time, in milliseconds, is worth a look at the band and no sound. */
export const UNHEARD_MS = 5000;

interface Watched {
  readonly watch: AbsenceWatch;
  /** True for the one moment at which the absence is to be heard. */
  readonly sounds: boolean;
}

/** @param now the gateway's time, epoch milliseconds; @param was the standing before */
export function watchAbsence(watch: AbsenceWatch, was: Standing, is: Standing, now: number): Watched {
  if (is.kind === 'current' || is.kind === 'opening') return { watch: watchingAbsence, sounds: false };
  if (watch.since === null) {
    const left = was.kind === 'current';
    return { watch: left ? { since: now, told: false } : watch, sounds: false };
  }
  if (watch.told || now - watch.since < UNHEARD_MS) return { watch, sounds: false };
  return { watch: { ...watch, told: true }, sounds: true };
}
