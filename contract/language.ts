/** The languages that Tillwatch speaks, and which of them a person reads. */
import type { Settings } from './settings.ts';

export const languages = ['en', 'zh-CN'] as const satisfies readonly Exclude<Settings['language'], 'system'>[];
export type Language = (typeof languages)[number];

/** Any Chinese reads the Simplified catalogue rather than English; what is in no catalogue reads English. */
function spoken(tag: string): Language | null {
  const [base] = tag.toLowerCase().split('-');
  if (base === 'en') return 'en';
  return base === 'zh' ? 'zh-CN' : null;
}

/**
 * @param setting what a person chose; `system` goes by the system's languages
 * @param preferred BCP 47 tags, the most wanted first
 */
export function languageOf(setting: Settings['language'], preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    const language = spoken(tag);
    if (language) return language;
  }
  return 'en';
}

/**
 * The tag by which numbers, dates and money are written: the person's own variety of the language, such as `en-GB`, so
 * that dates are in the order that person expects, else the language itself.
 */
export function localeOf(language: Language, preferred: readonly string[]): string {
  return preferred.find((tag) => isTag(tag) && spoken(tag) === language) ?? language;
}

/** Systems tell tags such as `C` or `en_US.UTF-8`, at which Intl throws. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
