import { expect, it } from 'vitest';
import { z } from 'zod';
import { anyObject, lenient, numeral, parseLossless } from '../../../../gateway/sources/lossless-json.ts';

const parsed = (json: string) => parseLossless(Buffer.from(json));

it.each(['5', '"text"', 'null', '[]', 'true'])(
  '%s is no object, nor does it count where one may be missing',
  (json) => {
    expect(anyObject.safeParse(parsed(json)).success).toBe(false);
    expect(z.object({ it: lenient(anyObject) }).parse({ it: parsed(json) }).it).toBeUndefined();
  },
);

it('an object is handed on as it came, whatever its fields are called', () => {
  const object = parsed('{"a":{"b":1},"__proto__":{"c":2},"constructor":null}');
  expect(anyObject.parse(object)).toBe(object);
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
});

it('what does not fit counts as missing, null too, and what fits keeps its digits', () => {
  const schema = z.object({ amount: lenient(numeral), note: lenient(z.string().min(1)) });
  const read = (json: string) => schema.parse(parsed(json));
  expect(read('{"amount":null,"note":""}')).toEqual({});
  expect(read('{"amount":{},"note":7}')).toEqual({});
  expect(read('{"amount":9007199254740993.10,"note":"x"}')).toEqual({ amount: '9007199254740993.10', note: 'x' });
});
