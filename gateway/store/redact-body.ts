/** Customer data out of what a processor sent: by the names of fields, and wherever what is known of the customer stands. */
import { isLosslessNumber, stringify } from 'lossless-json';
import { parseLossless } from '../sources/lossless-json.ts';

export const ERASED = '[erased]';

/** Fields under which processors and shops put what is personal; amounts, addresses of coins and states are none. */
const PERSONAL =
  /customer|buyer|payer|shopper|metadata|e-?mail|phone|(?:first|last|full|given|family|sur|user)_?name|street|postal|zip|city|birth|billing|shipping|^ip(?:_?address)?$/i;

/** Of those, what a person is called by: where it stands in another text, too, that text is about them. */
const CALLED = /e-?mail|(?:customer|buyer|payer|shopper|first|last|full|given|family|sur|user)_?name/i;
/** What is shorter stands in many texts by chance. */
const TELLING_LENGTH = 4;
/** An e-mail is personal wherever it stands. */
const EMAIL = /[^\s@<>()"]+@[^\s@<>()"]+\.[a-z]{2,}/i;

/**
 * @param needles what is known of the customer, in any case; what the body's own personal fields say is added
 * @returns the body without it; all of it erased where it is no JSON
 */
export function redactBody(body: Uint8Array, needles: readonly string[]): Uint8Array {
  try {
    const read = parseLossless(body);
    const wanted = [...needles, ...calledIn(read)].map((needle) => needle.toLowerCase());
    return Buffer.from(stringify(redacted(read, wanted, false)) ?? ERASED);
  } catch {
    return Buffer.from(ERASED);
  }
}

function calledIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return [];
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    typeof each === 'string' && CALLED.test(key) && each !== ERASED && each.trim().length >= TELLING_LENGTH
      ? [each.trim()]
      : calledIn(each),
  );
}

function redacted(value: unknown, needles: readonly string[], personal: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => redacted(each, needles, personal));
  if (typeof value === 'object' && value !== null && !isLosslessNumber(value)) {
    const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
      const name = names(key, needles) ? ERASED : key;
      return [name, redacted(each, needles, personal || PERSONAL.test(key))];
    });
    return Object.fromEntries(entries);
  }
  if (isLosslessNumber(value)) return personal ? ERASED : value;
  return typeof value === 'string' && (personal || names(value, needles)) ? ERASED : value;
}

function names(text: string, needles: readonly string[]): boolean {
  const lower = text.toLowerCase();
  if (EMAIL.test(text)) return true;
  return needles.some((needle) => lower.includes(needle));
}
