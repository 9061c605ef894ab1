import type { Figure } from './figure.ts';

/** What a goal's measurement is given. */
export interface BenchSetting {
  /** A folder of its own, removed afterwards. */
  readonly folder: string;
  /** How often anchor and ours are measured in turn. */
  readonly rounds: number;
  /** True for a run of seconds that only shows that everything works: its figures mean nothing. */
  readonly quick: boolean;
  /** Folder for processor profiles of what is measured; null for none. */
  readonly profile: string | null;
  /** A line about how far it is. */
  readonly say: (line: string) => void;
}

export interface Goal {
  readonly id: string;
  readonly what: string;
  measure(setting: BenchSetting): Promise<Figure[]>;
}
