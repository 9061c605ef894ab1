import type { Recorded } from '../history.ts';

/** One invariant, told every fact in order. */
export interface Rule {
  see(fact: Recorded): void;
  /** Everything has happened. */
  end?(): void;
}

export interface Violation {
  /** Begins with the rules of the specification it is about. */
  readonly text: string;
  /** True for what came too late: on a machine that is busy with something else that may be the machine's doing. */
  readonly late: boolean;
}

export type Report = (text: string, kind?: 'late') => void;
