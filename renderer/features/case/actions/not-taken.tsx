import { faultText } from '../../../strings/fault-text.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import styles from './case-actions.module.css';

/** That a command was not taken, and why. */
export function NotTaken({ fault }: { fault: string | null }) {
  const { t, tell } = useStrings();
  if (fault === null) return null;
  return (
    <p className={styles.fault} role="alert">
      {t('command.notTaken', { reason: faultText(fault, tell) })}
    </p>
  );
}
