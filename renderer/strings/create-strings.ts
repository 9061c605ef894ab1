/** Words and formats of one language. */
import type { Language } from '../../contract/language.ts';
import { localeOf } from '../../contract/language.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { createFormat } from './format.ts';
import type { Entry, StringKey } from './message.ts';
import type { Strings } from './strings-context.tsx';
import { createWords } from './translate.ts';

const catalogues: Readonly<Record<Language, Readonly<Record<StringKey, Entry>>>> = { en: english, 'zh-CN': chinese };

/** @param preferred BCP 47 tags of the system, the most wanted first: they decide the variety, such as `en-GB` */
export function createStrings(language: Language, preferred: readonly string[]): Strings {
  const locale = localeOf(language, preferred);
  return { language, ...createWords(locale, catalogues[language]), format: createFormat(locale) };
}
