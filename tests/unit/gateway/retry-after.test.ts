import { describe, expect, it } from 'vitest';
import { retryAfter } from '../../../gateway/retry-after.ts';

const now = Date.parse('2026-10-21T07:27:30Z');

describe('how long an answer asks to be left alone', () => {
  it('is not said by an answer without the header', () => {
    expect(retryAfter(new Headers(), now)).toBe(null);
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 30_000],
    ['Wed, 21 Oct 2020 07:28:00 GMT', 0],
    ['soon', null],
    [' 120 ', 120_000],
    ['120, 120', 120_000],
    ['1.5', null],
    ['-5', null],
    ['86400', 86_400_000],
    ['86401', null],
    ['1772359200', null],
    ['99999999999999999999', null],
    ['Wed, 21 Oct 2048 07:28:00 GMT', null],
  ])('Retry-After: %s', (header, expected) => {
    expect(retryAfter(new Headers({ 'retry-after': header }), now)).toBe(expected);
  });

  it('is counted by the clock of who answers', () => {
    const headers = { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', date: 'Wed, 21 Oct 2026 07:27:50 GMT' };
    expect(retryAfter(new Headers(headers), now)).toBe(10_000);
  });

  it('is counted by our clock where that date cannot be read', () => {
    const headers = { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', date: 'yesterday' };
    expect(retryAfter(new Headers(headers), now)).toBe(30_000);
  });
});
