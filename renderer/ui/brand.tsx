import { useStrings } from '../strings/strings-context.tsx';
import styles from './brand.module.css';

export function Brand() {
  const { t } = useStrings();
  return (
    <span className={styles.brand}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <circle cx="16" cy="16" r="9" />
        <path d="M16 7a9 9 0 0 1 8.6 11.6" />
      </svg>
      {t('app.name')}
    </span>
  );
}
