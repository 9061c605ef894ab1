import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeskSockets } from '../../../../../gateway/delivery/desk/desk-sockets.ts';
import type { DeskSocket } from '../../../../../gateway/delivery/desk/desk-socket.ts';

const OVERLAP_MS = 1_000;
let sockets: DeskSockets;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = new DeskSockets(OVERLAP_MS);
});
afterEach(() => void vi.useRealTimers());

/** As much of a desk's socket as its register touches. */
function socket(): DeskSocket & { readonly ended: unknown[] } {
  const ended: unknown[] = [];
  const fake = { desk: { id: 'desk_1' }, ended, end: (notice: unknown) => void ended.push(notice) };
  return fake as unknown as DeskSocket & { readonly ended: unknown[] };
}

const superseded = [{ kind: 'superseded' }];

describe('[CN8] two sockets of a desk', () => {
  test('overlap no longer than they may', () => {
    const [older, newer] = [socket(), socket()];
    sockets.add(older);
    sockets.add(newer);
    vi.advanceTimersByTime(OVERLAP_MS - 1);
    expect(older.ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect([older.ended, newer.ended]).toEqual([superseded, []]);
    expect(sockets.size).toBe(1);
  });

  test('a newer one that leaves without taking over leaves the older one alone', () => {
    const [older, newer] = [socket(), socket()];
    sockets.add(older);
    sockets.add(newer);
    sockets.remove(newer);
    vi.advanceTimersByTime(OVERLAP_MS * 10);
    expect(older.ended).toEqual([]);
    expect(sockets.all()).toEqual([older]);
  });

  test('after one that left, the next overlap is timed anew', () => {
    const [older, passing, newer] = [socket(), socket(), socket()];
    sockets.add(older);
    sockets.add(passing);
    vi.advanceTimersByTime(OVERLAP_MS - 1);
    sockets.remove(passing);
    sockets.add(newer);
    vi.advanceTimersByTime(OVERLAP_MS - 1);
    expect(older.ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(older.ended).toEqual(superseded);
  });

  test('a third one ends the oldest at once, and taking over ends all before it', () => {
    const [first, second, third] = [socket(), socket(), socket()];
    for (const each of [first, second, third]) sockets.add(each);
    expect([first.ended, second.ended]).toEqual([superseded, []]);
    sockets.takesOver(third);
    expect([second.ended, third.ended]).toEqual([superseded, []]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
