import { SegmentedControl, Switch } from '@mantine/core';
import type { Settings } from '../../../contract/settings.ts';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import { appearances } from '../shell/appearance.ts';
import { LanguageSelect } from './language-select.tsx';
import styles from './settings-view.module.css';

const densities = ['comfortable', 'compact'] as const satisfies readonly Settings['density'][];

export function AppearanceCard() {
  const { t } = useStrings();
  const [{ appearance, density, grouped }, change] = useSettings();
  return (
    <Card title={t('settings.appearance')}>
      <div className={styles.rows}>
        <SegmentedControl
          aria-label={t('settings.appearance')}
          data={appearances.map((value) => ({ value, label: t(`theme.${value}`) }))}
          value={appearance}
          onChange={(value) => change({ appearance: value })}
        />
        <LanguageSelect />
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
