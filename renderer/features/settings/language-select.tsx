import { NativeSelect } from '@mantine/core';
import type { Settings } from '../../../contract/settings.ts';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';

/** A language is offered in its own words, so that whoever reads only that one finds it. */
const ownNames = { en: 'English', 'zh-CN': '简体中文' } as const satisfies Record<
  Exclude<Settings['language'], 'system'>,
  string
>;
const languages = ['system', 'en', 'zh-CN'] as const satisfies readonly Settings['language'][];

export function LanguageSelect() {
  const { t } = useStrings();
  const [{ language }, change] = useSettings();
  return (
    <NativeSelect
      label={t('settings.language')}
      data={languages.map((value) => ({ value, label: value === 'system' ? t('theme.system') : ownNames[value] }))}
      value={language}
      onChange={({ currentTarget: { value } }) => {
        const chosen = languages.find((each) => each === value);
        if (chosen) change({ language: chosen });
      }}
    />
  );
}
