import { expect, test } from 'vitest';
import { canonicalJson } from '../../../../gateway/canonical-json.ts';
import { clientAddress } from '../../../../gateway/delivery/client-address.ts';
import { asHttpError } from '../../../../gateway/delivery/http-error.ts';
import { isForeignOrigin } from '../../../../gateway/delivery/origin.ts';

test('canonical JSON is equal exactly for equal values', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  expect(canonicalJson('a')).not.toBe(canonicalJson(['a']));
});

test('an address behind proxies is taken from those that are trusted, and from nobody else', () => {
  const open = clientAddress(false);
  expect(open('1.2.3.4', '9.9.9.9')).toBe('1.2.3.4');
  const behind = clientAddress(['10.0.0.0/8', '::1']);
  expect(behind('10.1.1.1', '9.9.9.9')).toBe('9.9.9.9');
  expect(behind('::ffff:10.1.1.1', 'spoofed, 8.8.8.8, 10.2.2.2')).toBe('8.8.8.8');
  expect(behind('1.2.3.4', '9.9.9.9')).toBe('1.2.3.4');
  expect(behind('10.1.1.1', undefined)).toBe('10.1.1.1');
  expect(behind('10.1.1.1', 'garbage')).toBe('10.1.1.1');
  expect(behind(undefined, '9.9.9.9')).toBe('');
});

test.each([
  [undefined, false],
  ['http://gateway:8377', false],
  ['http://gateway', true],
  ['https://evil.example', true],
  ['null', true],
  ['', true],
])('Origin %s: foreign is %s', (origin, foreign) => {
  expect(isForeignOrigin({ host: 'gateway:8377', ...(origin !== undefined && { origin }) })).toBe(foreign);
});

test('what failed inside says nothing of itself outside', () => {
  const answer = asHttpError(new Error('SQLITE_FULL: database or disk is full at /secret/path'));
  expect([answer.status, JSON.stringify(answer.body())]).toEqual([500, expect.not.stringContaining('secret')]);
});
