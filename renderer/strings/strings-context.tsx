/** Gives every component the words and formats of the chosen language. */
import { createContext, use } from 'react';
import type { ReactNode } from 'react';
import type { Language } from '../../contract/language.ts';
import type { Format } from './format.ts';
import type { Words } from './translate.ts';

export interface Strings extends Words {
  readonly language: Language;
  readonly format: Format;
}

const StringsContext = createContext<Strings | null>(null);

export function StringsProvider({ strings, children }: { strings: Strings; children: ReactNode }) {
  return <StringsContext value={strings}>{children}</StringsContext>;
}

export function useStrings(): Strings {
  const strings = use(StringsContext);
  if (!strings) throw new Error('useStrings needs a StringsProvider above it');
  return strings;
}
