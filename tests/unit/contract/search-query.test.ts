import { describe, expect, test } from 'vitest';
import { normalTerm, searchQuery } from '../../../contract/search-query.ts';

/** Sunday in Lisbon, winter time. */
const now = Date.parse('2026-11-22T15:00:00Z');
const beginnings = (text: string): readonly string[] =>
  [...searchQuery(text, { timeZone: 'Europe/Lisbon', now }).beginnings].sort();
const span = (text: string, timeZone = 'Europe/Lisbon', at = now): string[] | null => {
  const { span: found } = searchQuery(text, { timeZone, now: at });
  return found && [found.from, found.to].map((each) => new Date(each).toISOString());
};
const hash = 'ab'.repeat(32);
const address = 'cd'.repeat(20);

describe('terms', () => {
  test('what is invisible, case and length do not matter', () => {
    expect(normalTerm(' \u200bA-1041\ufeff ')).toBe('a-1041');
    expect(normalTerm('Jose\u0301')).toBe('jos\u00e9');
    expect(normalTerm('X'.repeat(300))).toBe('x'.repeat(256));
    expect(searchQuery('  \u200b ', { timeZone: 'UTC', now })).toEqual({ beginnings: [], span: null });
  });

  test('an order number is found with and without its mark', () => {
    expect(beginnings('#A-1041')).toEqual(['#a-1041', 'a-1041']);
  });

  test.each([
    [`0x${hash.toUpperCase()}`, [`0x${hash}`, hash]],
    [hash, [`0x${hash}`, hash]],
    [`0X${hash}`, [`0x${hash}`, hash]],
    [`https://etherscan.io/tx/0x${hash}?x=1`, [`0x${hash}`, hash]],
    [`ethereum:0x${address}@1?value=5`, [`0x${address}`]],
    ['bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=1', ['bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq']],
    ['ABCDEF', ['0xabcdef', 'abcdef']],
  ])('%s is looked for as %j', (text, wanted) => {
    expect(beginnings(text)).toEqual(expect.arrayContaining(wanted));
  });
});

describe('amounts', () => {
  test.each([
    ['54', ['54']],
    ['54.00', ['54 ', '54.00']],
    ['054.50', ['054.50', '54.5 ']],
    ['54 USDC', ['54 usdc']],
    ['54.00usdc', ['54 usdc', '54.00usdc']],
    ['$54', ['$54', '54 usd']],
    ['$ 54.10', ['$ 54.10', '54.1 usd']],
    ['USD 54', ['54 usd', 'usd 54']],
    ['€1.234,50', ['1234.5 eur', '€1.234,50']],
    ['1,234.50', ['1,234.50', '1234.5 ']],
    ['1,234', ['1,234', '1.234 ', '1234 ']],
    ["1'234.5 CHF", ["1'234.5 chf", '1234.5 chf']],
    ['0,5', ['0,5', '0.5 ']],
  ])('%s is looked for as %j', (text, wanted) => {
    expect(beginnings(text)).toEqual([...wanted].sort());
  });

  test.each(['1.2.3', '1,2.3,4', '....', '$', '9'.repeat(60) + '.0'])('%s is no amount', (text) => {
    expect(beginnings(text)).toEqual([text]);
  });
});

describe('times', () => {
  test('are those of the store, to a quarter of an hour', () => {
    expect(span('2026-11-21T14:03')).toEqual(['2026-11-21T13:48:00.000Z', '2026-11-21T14:18:00.000Z']);
    expect(span('2026-11-21 14:03', 'Asia/Tokyo')).toEqual(['2026-11-21T04:48:00.000Z', '2026-11-21T05:18:00.000Z']);
    expect(span('2026-07-01 14:03')).toEqual(['2026-07-01T12:48:00.000Z', '2026-07-01T13:18:00.000Z']);
  });

  test('a zone that is named decides', () => {
    expect(span('2026-11-21T14:03:20Z', 'Asia/Tokyo')?.[0]).toBe('2026-11-21T13:48:20.000Z');
    expect(span('2026-11-21T14:03+09:00')?.[0]).toBe('2026-11-21T04:48:00.000Z');
    expect(span('2026-11-21T14:03-0330')?.[0]).toBe('2026-11-21T17:18:00.000Z');
  });

  test('a day is the whole day of the store, also when the clock is changed', () => {
    expect(span('2026-11-21', 'Asia/Tokyo')).toEqual(['2026-11-20T15:00:00.000Z', '2026-11-21T14:59:59.999Z']);
    expect(span('2026-10-25')).toEqual(['2026-10-24T23:00:00.000Z', '2026-10-25T23:59:59.999Z']);
  });

  test('a time of day is the last one', () => {
    expect(span('14:03')?.[0]).toBe('2026-11-22T13:48:00.000Z');
    expect(span('15:10')?.[0]).toBe('2026-11-22T14:55:00.000Z');
    expect(span('23:50')?.[0]).toBe('2026-11-21T23:35:00.000Z');
    expect(span('2:03 pm')?.[0]).toBe('2026-11-22T13:48:00.000Z');
    expect(span('12:30 a.m.')?.[0]).toBe('2026-11-22T00:15:00.000Z');
  });

  test.each(['2026-02-30', '2026-11-21T25:00', '25:00', '13:00 pm', '14:60', 'A-14:03', '2026-13-01'])(
    '%s is no time',
    (text) => {
      expect(span(text)).toBeNull();
    },
  );

  test('a zone the platform does not know counts as UTC', () => {
    expect(span('14:03', 'Mars/Olympus')?.[0]).toBe('2026-11-22T13:48:00.000Z');
  });
});
