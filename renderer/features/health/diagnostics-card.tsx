import { IconFileDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp } from '../../store/app-context.tsx';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { BusyButton } from '../../ui/busy-button.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './diagnostics-card.module.css';

/** Gathers what helps to find a fault, and saves it where the person says. */
export function DiagnosticsCard() {
  const { t, tell } = useStrings();
  const { link } = useApp();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState('');
  const save = () => {
    setBusy(true);
    setTold(t('diagnostics.making'));
    const written = link.bridge.makeDiagnostics({}).then((file) => link.bridge.saveFile(file));
    void written
      .then(({ outcome }) => (outcome === 'cancelled' ? '' : t(`diagnostics.${outcome}`)))
      .catch((error: unknown) =>
        t('diagnostics.failed', { message: faultText(error instanceof Error ? error.message : String(error), tell) }),
      )
      .then(setTold)
      .finally(() => setBusy(false));
  };
  return (
    <Card title={t('diagnostics.title')}>
      <div className={styles.row}>
        <p className={styles.text}>{t('diagnostics.text')}</p>
        <BusyButton icon={<IconFileDownload size={16} aria-hidden />} busy={busy} onPress={save}>
          {t('diagnostics.save')}
        </BusyButton>
      </div>
      <p role="status">{told}</p>
    </Card>
  );
}
