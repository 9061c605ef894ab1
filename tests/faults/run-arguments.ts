/** @throws RangeError naming the option */
export function numberOf(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`--${option} takes a whole number, not "${text}"`);
  return Number(text);
}

/** Numbers with commas between. @throws RangeError naming the option */
export function numbersOf(option: string, text: string): number[] {
  return text === '' ? [] : text.split(',').map((part) => numberOf(option, part.trim()));
}
