import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { languageOf } from '../../../contract/language.ts';
import { useDesk } from '../../store/app-context.tsx';
import { createStrings } from '../../strings/create-strings.ts';
import { StringsProvider } from '../../strings/strings-context.tsx';

function onLanguageChange(listener: () => void): () => void {
  window.addEventListener('languagechange', listener);
  return () => window.removeEventListener('languagechange', listener);
}

/** Speaks the language of the settings to all below it, and changes it while they stand. */
export function Spoken({ children }: { children: ReactNode }) {
  const setting = useDesk((model) => model.settings.language);
  // As one text: some browsers make another list of the same languages each time they are asked.
  const languages = useSyncExternalStore(onLanguageChange, () => navigator.languages.join());
  const strings = useMemo(() => {
    const preferred = languages.split(',');
    return createStrings(languageOf(setting, preferred), preferred);
  }, [setting, languages]);
  useEffect(() => {
    document.documentElement.lang = strings.language;
  }, [strings]);
  return <StringsProvider strings={strings}>{children}</StringsProvider>;
}
