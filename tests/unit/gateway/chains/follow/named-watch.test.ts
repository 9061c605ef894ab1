import { expect, test } from 'vitest';
import { canonicalChain } from '../../../../../gateway/chains/follow/canonical-chain.ts';
import { NamedWatch } from '../../../../../gateway/chains/follow/named-watch.ts';
import { tipOf } from '../../../../../gateway/chains/follow/tip.ts';
import { ObservationBoard } from '../../../../../gateway/observations.ts';

const CHAIN = 'eip155:1';
const movements = { moves: [], mayMoveMore: true, failed: false };
const blocks = Array.from({ length: 20 }, (_, number) => ({ number, hash: `0xb${number}` }));
const tip = (top: number) => {
  const canonical = canonicalChain(blocks.slice(0, top + 1));
  return tipOf({ chain: CHAIN, canonical, at: 0, rule: { settles: 3, countTo: 3 } });
};
const pool = { kind: 'pool', trouble: null, movements } as const;
const inBlock = (number: number) =>
  ({ kind: 'mined', mined: { block: blocks[number] ?? { number, hash: '' }, at: 0 }, sights: [], movements }) as const;

function watch() {
  const board = new ObservationBoard();
  const said: unknown[] = [];
  board.onChanged(({ txHash }) => said.push(txHash && board.movements(CHAIN, txHash)));
  return { board, said, named: new NamedWatch({ chain: CHAIN, observations: board, settlesAt: 3 }) };
}

test('a block that deepens is told of once, when it settles', () => {
  const { said, named } = watch();
  named.saw('0xa', pool, tip(9));
  named.saw('0xa', inBlock(10), tip(10));
  for (const top of [10, 11, 12, 13, 19]) expect(named.recount(tip(top)).size).toBe(0);
  const mined = { height: 10, settlesAt: 3, isSettled: false };
  expect(said).toMatchObject([{ mined: null }, { mined }, { mined: { ...mined, isSettled: true } }]);
});

test('a block that a reorg took is taken back once', () => {
  const { said, named } = watch();
  named.saw('0xa', inBlock(10), tip(10));
  expect([...named.recount(tip(9))]).toEqual(['0xa']);
  expect(named.recount(tip(9)).size).toBe(0);
  expect(said.at(-1)).toBeNull();
});

test('what nobody asks about any more stands where a block holds it, and is taken back where a pool did', () => {
  const { board, said, named } = watch();
  named.saw('0xa', inBlock(10), tip(10));
  named.saw('0xb', pool, tip(10));
  named.gone('0xc');
  const before = said.length;
  named.keepOnly(new Set());
  expect(said.slice(before)).toEqual([null]);
  expect(['0xa', '0xb', '0xc'].map((hash) => board.movements(CHAIN, hash))).toEqual([undefined, undefined, undefined]);
});

test('a look-up that did not look that closely says nothing', () => {
  const { said, named } = watch();
  named.saw('0xa', { kind: 'pool', trouble: null }, tip(9));
  expect(said).toEqual([]);
});
