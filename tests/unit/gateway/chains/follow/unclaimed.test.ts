import { describe, expect, test } from 'vitest';
import { canonicalChain } from '../../../../../gateway/chains/follow/canonical-chain.ts';
import type { Sight } from '../../../../../gateway/chains/follow/sight.ts';
import { tipOf } from '../../../../../gateway/chains/follow/tip.ts';
import { Unclaimed } from '../../../../../gateway/chains/follow/unclaimed.ts';
import { RecordingMatchingDesk } from '../../../../support/anvil/recording-matching-desk.ts';
import { CHAIN, Hearing } from '../../../../support/anvil/watcher-desk.ts';

const NOW = 1_700_000_000_000;
const REQUIRED = 2;
const sight = (n: number, at = NOW): Sight => ({
  order: null,
  fact: {
    ...{ id: `p${n}`, chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '7' },
    ...{ txHash: `0x${n}`, required: REQUIRED, witness: 'node' },
  },
  mined: { block: { number: n, hash: `b${n}` }, at },
});

/** Blocks from `from` to `top`, of another branch from `forked` on. */
function tip(top: number, { from = 1, forked = Infinity } = {}) {
  const blocks = Array.from({ length: top - from + 1 }, (_, n) => {
    const number = from + n;
    return { number, hash: number >= forked ? `x${number}` : `b${number}` };
  });
  return tipOf({ chain: CHAIN, canonical: canonicalChain(blocks), at: NOW, rule: { settles: REQUIRED, countTo: 0 } });
}

function following(desk: RecordingMatchingDesk): Unclaimed {
  return new Unclaimed({ chain: CHAIN, matching: desk, now: () => NOW, log: new Hearing().log });
}

describe('money that no order claims', () => {
  test.each([false, true])('is taken back however deep it was (after a restart: %s)', async (restarted) => {
    const desk = new RecordingMatchingDesk();
    let unclaimed = following(desk);
    await unclaimed.tell([sight(3)], tip(3));
    for (let top = 4; top <= 9; top += 1) await unclaimed.recount(tip(top));
    expect(desk.summary()).toEqual([['7', REQUIRED]]);
    if (restarted) unclaimed = following(desk);
    await unclaimed.recount(tip(10, { forked: 3 }));
    expect(desk.summary()).toEqual([]);
    expect(desk.reasons).toEqual(['The chain took it back.']);
  });

  test('is let go once it stands below all that was walked', async () => {
    const desk = new RecordingMatchingDesk();
    const unclaimed = following(desk);
    await unclaimed.tell([sight(3)], tip(3));
    await unclaimed.recount(tip(9, { from: 5 }));
    await unclaimed.recount(tip(9, { from: 1, forked: 2 }));
    expect(desk.summary()).toEqual([['7', REQUIRED]]);
  });

  test('was seen no later than now, whatever its block says', async () => {
    const desk = new RecordingMatchingDesk();
    await following(desk).tell([sight(3, NOW + 7_200_000)], tip(3));
    expect([...desk.held.values()].map(({ seenAt }) => seenAt)).toEqual([NOW]);
  });
});
