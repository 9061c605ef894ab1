import { Button } from '@mantine/core';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import { keysOf, shortcutActions } from '../shortcuts/shortcut-keys.ts';
import styles from './settings-view.module.css';
import { ShortcutRow } from './shortcut-row.tsx';

/** Every key that can be changed, and those that cannot. */
export function ShortcutsCard() {
  const { t } = useStrings();
  const [{ shortcuts }, change] = useSettings();
  const keys = keysOf(shortcuts);
  return (
    <Card title={t('settings.shortcuts')}>
      <p className={styles.soft}>{t('settings.shortcutsHelp')}</p>
      <ul className={styles.keys}>
        {shortcutActions.map((action) => (
          <ShortcutRow
            key={action}
            action={action}
            keys={keys}
            onChange={(key) => change({ shortcuts: { ...shortcuts, [action]: key } })}
          />
        ))}
      </ul>
      <p className={styles.soft}>{t('settings.shortcutsFixed')}</p>
      <Button
        mt="sm"
        size="compact-sm"
        variant="default"
        disabled={Object.keys(shortcuts).length === 0}
        onClick={() => change({ shortcuts: {} })}
      >
        {t('settings.shortcutsReset')}
      </Button>
    </Card>
  );
}
