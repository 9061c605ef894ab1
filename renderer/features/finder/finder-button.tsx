import { IconSearch } from '@tabler/icons-react';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { shownKey } from '../shortcuts/shortcut-keys.ts';
import { useFinderKey } from './use-finder-key.ts';
import styles from './finder-button.module.css';

export function FinderButton() {
  const { t } = useStrings();
  const { ui } = useApp();
  const key = useFinderKey();
  const platform = useDesk((model) => model.info?.platform ?? '');
  return (
    <button
      type="button"
      className={styles.button}
      data-tour="find"
      aria-haspopup="dialog"
      title={t('finder.label')}
      onClick={() => ui.setState({ finder: true })}
    >
      <IconSearch size={16} aria-hidden />
      <span className={styles.word}>{t('finder.open')}</span>
      {key === null ? null : (
        <kbd aria-hidden className={styles.key}>
          {shownKey(key, platform)}
        </kbd>
      )}
    </button>
  );
}
