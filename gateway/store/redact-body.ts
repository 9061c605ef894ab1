/** Customer data out of what a processor sent: by the names of fields, and wherever what is known of the customer stands. */
import { isLosslessNumber, stringify } from 'lossless-json';
import { parseLossless } from '../sources/lossless-json.ts';

export const ERASED = '[erased]';

/** Fields under which processors and shops put what is personal; amounts, addresses of coins and states are none. */
const PERSONAL =
  /customer|buyer|payer|shopper|metadata|e-?mail|phone|(?:first|last|full|given|family|sur|user)_?name|street|postal|zip|city|birth|billing|shipping|^ip(?:_?address)?$/i;

/**
 * @param needles what is known of the customer, in any case
 * @returns the body without it; all of it erased where it is no JSON
 */
export function redactBody(body: Uint8Array, needles: readonly string[]): Uint8Array {
  const wanted = needles.map((needle) => needle.toLowerCase());
  try {
    return Buffer.from(stringify(redacted(parseLossless(body), wanted, false)) ?? ERASED);
  } catch {
    return Buffer.from(ERASED);
  }
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
  return needles.some((needle) => lower.includes(needle));
}
