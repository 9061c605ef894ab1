import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closeWithin } from '../../../../gateway/cli/close-within.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an end that comes in time is told, and no timer is left of the waiting', async () => {
  expect(await closeWithin(async () => undefined, 60_000)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('one that does not come is not waited for', async () => {
  const waiting = closeWithin(() => new Promise(() => undefined), 9_000);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(await waiting).toBe(false);
});

test('what fails in the end is not kept back', async () => {
  await expect(closeWithin(() => Promise.reject(new Error('no')), 60_000)).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});
