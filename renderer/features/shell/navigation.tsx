import { IconActivityHeartbeat, IconChartBar, IconLayoutList, IconSettings } from '@tabler/icons-react';
import { useApp, useUi } from '../../store/app-context.tsx';
import type { View } from '../../store/ui-store.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './navigation.module.css';

const entries = [
  { view: 'desk', key: 'nav.desk', Icon: IconLayoutList },
  { view: 'insights', key: 'nav.insights', Icon: IconChartBar },
  { view: 'health', key: 'nav.health', Icon: IconActivityHeartbeat },
  { view: 'settings', key: 'nav.settings', Icon: IconSettings },
] as const;

export function Navigation() {
  const { t } = useStrings();
  const { ui } = useApp();
  const view = useUi((model) => model.view);
  const go = (next: View) => ui.setState({ view: next });
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      <ul>
        {entries.map(({ view: entry, key, Icon }) => (
          <li key={entry}>
            <button
              type="button"
              className={styles.entry}
              aria-current={view === entry ? 'page' : undefined}
              onClick={() => go(entry)}
              title={t(key)}
            >
              <Icon size={19} stroke={1.8} aria-hidden />
              <span>{t(key)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
