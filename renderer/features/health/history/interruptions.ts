import type { ConnectionSegment } from '../../../../contract/history.ts';
import { lostPhases } from './connection-quality.ts';
import type { LostPhase } from './connection-quality.ts';

/** A time without being current, device time; `phases` in the order they came, none twice in a row. */
export interface Interruption {
  readonly from: number;
  readonly to: number;
  readonly phases: readonly LostPhase[];
  /** True while it goes on. */
  readonly open: boolean;
}

/** Newest first. @param segments oldest first, without a hole */
export function interruptionsOf(segments: readonly ConnectionSegment[]): Interruption[] {
  const found: { from: number; to: number; phases: LostPhase[]; open: boolean }[] = [];
  let current: (typeof found)[number] | null = null;
  for (const [n, { from, to, state }] of segments.entries()) {
    const phase = lostPhases.find((each) => each === state);
    if (phase === undefined) {
      current = null;
      continue;
    }
    if (!current) found.push((current = { from, to, phases: [], open: false }));
    current.to = to;
    current.open = n === segments.length - 1;
    if (current.phases.at(-1) !== phase) current.phases.push(phase);
  }
  return found.reverse();
}
