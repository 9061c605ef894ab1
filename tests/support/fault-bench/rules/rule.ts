import type { Recorded } from '../history.ts';

/** One invariant, told every fact in order. */
export interface Rule {
  see(fact: Recorded): void;
  /** Everything has happened. */
  end?(): void;
}

/** @param text begins with the rules of the specification it is about */
export type Report = (text: string) => void;
