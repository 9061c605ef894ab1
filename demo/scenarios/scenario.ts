import type { Stage } from '../stage/stage.ts';

/** One way in which an order, or a line, goes; resolves when it has been played to its end. */
export type Scenario = (stage: Stage) => Promise<unknown>;

/** A customer takes a while to find the wallet. */
export function toThePhone(stage: Stage): Promise<void> {
  return stage.wait(stage.random.between(3_000, 12_000));
}

/** Seconds until an order expires: of one that is paid, or mended, before. */
export const USUAL = 900;
/** Of one that is left as it is, for whoever wants to look at it. */
export const LINGERING = 1_800;
