/** Where the time went between a fact and this desk [FR5]. */
import type { TrailEvent } from '../../../contract/ipc.ts';

export const trailSteps = ['occurred', 'sent', 'received', 'emitted', 'arrived'] as const;
export type TrailStep = (typeof trailSteps)[number];

export interface TrailPoint {
  readonly step: TrailStep;
  /** null where nobody said. */
  readonly at: number | null;
  /** Milliseconds since the last step that is known; negative where clocks disagree. */
  readonly afterMs: number | null;
}

export function latencyTrail({
  at,
  emittedAt,
  arrivedAt,
}: Pick<TrailEvent, 'at' | 'emittedAt' | 'arrivedAt'>): TrailPoint[] {
  const times: Readonly<Record<TrailStep, number | null>> = { ...at, emitted: emittedAt, arrived: arrivedAt };
  let last: number | null = null;
  return trailSteps.map((step) => {
    const time = times[step];
    const afterMs = time === null || last === null ? null : time - last;
    last = time ?? last;
    return { step, at: time, afterMs };
  });
}
