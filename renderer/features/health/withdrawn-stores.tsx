import { IconAlertTriangle } from '@tabler/icons-react';
import type { DeskState } from '../../../contract/ipc.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './withdrawn-stores.module.css';

/** Stores that are missing from the screen, since the gateway does not let this desk watch them any more. */
export function WithdrawnStores({ withdrawn }: Pick<DeskState, 'withdrawn'>) {
  const { t } = useStrings();
  return withdrawn.map(({ id, name }) => (
    <p key={id} className={styles.withdrawn} role="status">
      <IconAlertTriangle size={16} aria-hidden />
      {t('stores.withdrawn', { name })}
    </p>
  ));
}
