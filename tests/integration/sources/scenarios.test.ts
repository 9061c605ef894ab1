/**
 * A thousand seeded lives at each pretend processor, whose deliveries are lost, doubled, shuffled and late, whose interface
 * is at times limited or broken, beside a gateway that is at times away. Each ends in the processor's own final state, as
 * the tables of the merchant's pages say it. `npm run scenarios` plays others.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorldStorage, playWorld, processorKinds } from '../../support/processor-world/play-world.ts';
import type { WorldStorage } from '../../support/processor-world/play-world.ts';

const WORLDS = 20;
const LIVES = 50;
/** Most of it is waiting for the disk, on a machine that others use. */
const MINUTES_EACH = 10;

let shared: WorldStorage;

beforeAll(async () => {
  shared = await openWorldStorage();
});

afterAll(() => shared.close());

describe('a processor’s own final state, whatever befalls its deliveries', () => {
  it.each(processorKinds)('%s', { timeout: MINUTES_EACH * 60_000 }, async (kind) => {
    let objects = 0;
    for (let n = 0; n < WORLDS; n += 1) {
      const played = await playWorld(kind, shared, { seed: `${kind}-${n}`, lives: LIVES, configured: n % 2 === 0 });
      expect(played.differences, `world ${kind}-${n}`).toEqual([]);
      objects += played.objects;
    }
    expect(objects).toBe(WORLDS * LIVES);
  });
});
