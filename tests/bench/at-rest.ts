import { setTimeout as delay } from 'node:timers/promises';
import type { Station } from './station.ts';
import type { Questions } from './station-message.ts';

const LOOK_EVERY_MS = 500;
/** Of one processor. */
const AT_REST = 0.25;
const MOST_LOOKS = 240;

/**
 * Waits until a process has done what it does after its start, such as a gateway that looks at its orders anew.
 * @throws Error when it never rests
 */
export async function atRest<Q extends Questions>(station: Station<Q>): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const { cpuMs: before } = await station.usage();
    await delay(LOOK_EVERY_MS);
    const { cpuMs: after } = await station.usage();
    if (after - before < AT_REST * LOOK_EVERY_MS) return;
  }
  throw new Error('a process of the bench does not come to rest');
}
