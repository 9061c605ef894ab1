import { expect, test } from 'vitest';
import { ObservationBoard } from '../../../gateway/observations.ts';
import type { ObservationChange } from '../../../gateway/observations.ts';

const gap = { kind: 'nonce-gap', nonce: 7, next: 5 } as const;

function watched(): { board: ObservationBoard; changes: ObservationChange[]; end: () => void } {
  const board = new ObservationBoard();
  const changes: ObservationChange[] = [];
  return { board, changes, end: board.onChanged((change) => void changes.push(change)) };
}

test('a trouble is kept until it is over, and each change is told once', () => {
  const { board, changes } = watched();
  board.sawTransaction('eip155:1', '0xa', gap);
  board.sawTransaction('eip155:1', '0xa', { ...gap });
  expect(board.transaction('eip155:1', '0xa')).toEqual(gap);
  expect(board.transaction('eip155:10', '0xa')).toBeUndefined();
  board.sawTransaction('eip155:1', '0xa', null);
  board.sawTransaction('eip155:1', '0xa', null);
  expect(board.transaction('eip155:1', '0xa')).toBeUndefined();
  expect(changes).toEqual([
    { chain: 'eip155:1', txHash: '0xa' },
    { chain: 'eip155:1', txHash: '0xa' },
  ]);
});

test('what a named transaction moves is told when it changes, and is forgotten without a word', () => {
  const { board, changes } = watched();
  const movements = { moves: [], mayMoveMore: true, failed: false, mined: null };
  expect(board.movements('eip155:1', '0xa')).toBeUndefined();
  board.sawMovements('eip155:1', '0xa', movements);
  board.sawMovements('eip155:1', '0xa', { ...movements });
  expect(changes).toHaveLength(1);
  board.sawMovements('eip155:1', '0xa', null);
  board.sawMovements('eip155:1', '0xa', null);
  expect([board.movements('eip155:1', '0xa'), changes.length]).toEqual([null, 2]);
  board.forgetMovements('eip155:1', '0xa');
  expect([board.movements('eip155:1', '0xa'), changes.length]).toEqual([undefined, 2]);
});

test('a chain as it stands replaces how it stood; an ended listener hears no more', () => {
  const { board, changes, end } = watched();
  const standing = { nodes: [{ name: 'a', state: 'ok', height: 10 }], blockMs: 12_000, fee: '7' } as const;
  board.sawChain('eip155:1', standing);
  board.sawChain('eip155:1', structuredClone(standing));
  expect(changes).toEqual([{ chain: 'eip155:1', txHash: null }]);
  end();
  board.sawChain('eip155:1', { ...standing, fee: '8' });
  expect(board.chain('eip155:1')?.fee).toBe('8');
  expect(changes).toHaveLength(1);
});
