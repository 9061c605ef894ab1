/** How fresh a source or chain is [FR1]. */
import { z } from 'zod';
import { nameSchema, timeSchema } from './order.ts';

export const freshnessStates = ['hearing', 'quiet', 'late', 'down'] as const;

export const sourceStateSchema = z.object({
  id: nameSchema,
  kind: z.string().min(1).max(32),
  state: z.enum(freshnessStates),
  /** The last authenticated webhook, successful poll or new head; null when never. */
  lastHeardAt: timeSchema.nullable(),
  /** received − the source's own time of it, in milliseconds. */
  lagMs: z.number().nullable(),
  note: z.string().max(500).optional(),
});
export type SourceState = z.infer<typeof sourceStateSchema>;
export type Freshness = SourceState['state'];

/**
 * The state by a source's own expected interval: hearing ≤ 2×, quiet ≤ 5×, late beyond; down when its last attempt
 * failed. One never heard counts from when it was started.
 * @param sinceMs milliseconds since it was last heard, or since it was started
 * @param expectedMs the interval in which it is expected to be heard
 */
export function freshness(sinceMs: number, expectedMs: number, lastAttemptFailed: boolean): Freshness {
  if (lastAttemptFailed) return 'down';
  if (sinceMs <= 2 * expectedMs) return 'hearing';
  return sinceMs <= 5 * expectedMs ? 'quiet' : 'late';
}
