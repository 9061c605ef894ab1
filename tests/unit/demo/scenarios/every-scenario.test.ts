import { describe, expect, it } from 'vitest';
import { directOrderSchema } from '../../../../contract/protocol.ts';
import { scenarioNames } from '../../../../demo/scenarios/names.ts';
import { played } from '../stage/manual-stage.ts';

describe('every scenario', () => {
  it.each(scenarioNames)('%s comes to its end, and what the shop orders is what the gateway takes', async (name) => {
    for (const seed of ['a', 'b', 'c']) {
      const { orders, sold } = await played(name, seed);
      expect(sold()).toBe(1);
      for (const order of orders) expect(directOrderSchema.safeParse(order).error?.issues).toBeUndefined();
    }
  });
});
