/**
 * What processors send, read leniently: an optional field of an unexpected type counts as missing. Numbers keep their
 * exact text, because amounts exceed 2^53.
 */
import { LosslessNumber, parse } from 'lossless-json';
import { z } from 'zod';

/** A number's exact text, whether it came as a JSON number or as a string. */
export const numeral = z.union([z.string(), z.instanceof(LosslessNumber).transform(({ value }) => value)]);

/** Whatever does not fit counts as missing, `null` too: of a schema that takes null, it would be kept. */
export function lenient<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

/**
 * An object whose fields are read one by one later, or by another schema; `z.record` would copy it, field by field. A
 * number is none, though it came as an object that holds its text.
 */
export const anyObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype,
);

/** The end of the year 9999: what is added to a time, such as a grace, still gives one. */
const LATEST = 253_402_300_799_999;

/** Unix seconds, or ISO 8601 where a field is documented so → epoch milliseconds. */
export const instant = numeral.transform((text, context) => {
  const time = /^\d{1,11}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text) * 1000) : Date.parse(text);
  if (Number.isSafeInteger(time) && time >= 0 && time <= LATEST) return time;
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

export const text = lenient(z.string().min(1));

/** A currency's code or an asset's symbol. Nothing in it grows when it is put in capitals. */
export const currencyCode = z.string().regex(/^[\x21-\x7e]{1,16}$/);

/** A short text, or a number as it was written, such as a shop's own order number; undefined for anything else. */
export function shortText(value: unknown, most: number): string | undefined {
  const written = value instanceof LosslessNumber ? value.value : value;
  const trimmed = typeof written === 'string' ? written.trim() : '';
  return trimmed !== '' && trimmed.length <= most ? trimmed : undefined;
}

/**
 * Bytes → JSON with every number's exact text.
 * @throws SyntaxError, TypeError or RangeError when it is not UTF-8 JSON of a sane depth
 */
export function parseLossless(body: Uint8Array): unknown {
  return parse(new TextDecoder('utf-8', { fatal: true }).decode(body), null, (value) => new LosslessNumber(value));
}

/** Which fields of an object can't be read, without their values. */
export function wrongFields(error: z.ZodError): string {
  return error.issues
    .map(({ path, code }) => `${path.join('.')} ${code}`)
    .join(', ')
    .slice(0, 300);
}
