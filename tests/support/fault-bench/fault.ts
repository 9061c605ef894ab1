import type { Random } from '../../../demo/clock/random.ts';
import type { Stage } from './stage.ts';

/** What of the stage a fault needs for itself: two that need the same are not played at the same time. */
export type Part =
  | 'way'
  | 'http'
  | 'events'
  | 'gateway'
  | 'gateway-clock'
  | 'journal'
  | 'commands'
  | 'chain'
  | 'two-nodes'
  | 'processor'
  | 'day'
  | 'secure'
  | 'hour'
  | 'desk-clock'
  | 'name';

/** Takes a fault back; what it did may stay. */
export type Lift = () => void | Promise<void>;

export interface Fault {
  /** As the catalogue numbers it. */
  readonly number: number;
  readonly title: string;
  readonly needs: readonly Part[];
  /** How the variant drawn is called, and how it begins. All that is random comes from `random`. */
  draw(random: Random): Drawn;
}

export interface Drawn {
  /** The variant in a few words. */
  readonly detail: string;
  begin(stage: Stage): Lift | Promise<Lift>;
}

/** Milliseconds of real time → of the stage's. */
export function scaled(stage: Pick<Stage, 'scale'>, ms: number): number {
  return ms * stage.scale;
}

export function nothing(): void {
  // There is nothing to take back.
}
