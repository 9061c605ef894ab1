import { NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import type { Settings } from '../../../contract/settings.ts';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import { appearances } from '../shell/appearance.ts';
import styles from './settings-view.module.css';

const densities = ['comfortable', 'compact'] as const satisfies readonly Settings['density'][];

/** A language is offered in its own words, so that whoever reads only that one finds it. */
const ownNames = { en: 'English', 'zh-CN': '简体中文' } as const satisfies Record<
  Exclude<Settings['language'], 'system'>,
  string
>;
const languages = ['system', 'en', 'zh-CN'] as const satisfies readonly Settings['language'][];

export function AppearanceCard() {
  const { t } = useStrings();
  const [{ appearance, density, language, grouped }, change] = useSettings();
  return (
    <Card title={t('settings.appearance')}>
      <div className={styles.rows}>
        <SegmentedControl
          aria-label={t('settings.appearance')}
          data={appearances.map((value) => ({ value, label: t(`theme.${value}`) }))}
          value={appearance}
          onChange={(value) => change({ appearance: value })}
        />
        <NativeSelect
          label={t('settings.language')}
          data={languages.map((value) => ({ value, label: value === 'system' ? t('theme.system') : ownNames[value] }))}
          value={language}
          onChange={({ currentTarget: { value } }) => {
            const chosen = languages.find((each) => each === value);
            if (chosen) change({ language: chosen });
          }}
        />
        <div>
          <p className={styles.label}>{t('settings.density')}</p>
          <SegmentedControl
            fullWidth
            aria-label={t('settings.density')}
            data={densities.map((value) => ({ value, label: t(`settings.density.${value}`) }))}
            value={density}
            onChange={(value) => change({ density: value })}
          />
        </div>
        <Switch
          label={t('settings.grouped')}
          checked={grouped}
          onChange={({ currentTarget }) => change({ grouped: currentTarget.checked })}
        />
      </div>
    </Card>
  );
}
