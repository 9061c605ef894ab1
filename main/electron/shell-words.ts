/** What the shell says, by language. */
import type { Language } from '../../contract/language.ts';
import { chineseShellWords } from './chinese-shell-words.ts';
import { englishShellWords } from './english-shell-words.ts';
import type { ShellWords } from './english-shell-words.ts';

/** The name is the same in every language. */
export const PRODUCT = 'Tillwatch';

const catalogues: Readonly<Record<Language, ShellWords>> = { en: englishShellWords, 'zh-CN': chineseShellWords };

export function shellWordsOf(language: Language): ShellWords {
  return catalogues[language];
}
