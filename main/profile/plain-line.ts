import { stripVTControlCharacters } from 'node:util';

/** What a server wrote into its certificate or its answers must not reach the terminal as control sequences. */
export function plainLine(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '�');
}
