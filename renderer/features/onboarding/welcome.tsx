import { Alert, Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Brand } from '../../ui/brand.tsx';
import { LanguageSelect } from '../settings/language-select.tsx';
import { PairForm } from './pair-form.tsx';
import styles from './welcome.module.css';

function DemoCard() {
  const { t, tell } = useStrings();
  const { link } = useApp();
  const [starting, setStarting] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const start = async () => {
    setStarting(true);
    setFailed(null);
    try {
      // The desk pairs with the demo by itself: its state then brings the next view.
      await link.bridge.startDemo({});
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
      setStarting(false);
    }
  };
  return (
    <section className={styles.card}>
      <h2>{t('welcome.demoTitle')}</h2>
      <p>{t('welcome.demoText')}</p>
      <Button
        size="md"
        loading={starting}
        leftSection={<IconPlayerPlay size={18} aria-hidden />}
        onClick={() => void start()}
      >
        {t('welcome.demoStart')}
      </Button>
      {starting ? <p role="status">{t('welcome.demoStarting')}</p> : null}
      {failed === null ? null : (
        <Alert color="red" role="alert">
          {t('welcome.demoFailed', { message: faultText(failed, tell) })}
        </Alert>
      )}
    </section>
  );
}

/** The first run: look at the demo, or connect to a real gateway. */
export function Welcome() {
  const { t } = useStrings();
  const { bridge } = useApp().link;
  const demo = useDesk((model) => model.info?.demo ?? 'unavailable');
  return (
    <main className={styles.welcome}>
      <div className={styles.head}>
        <Brand />
        <h1>{t('welcome.title')}</h1>
        <p>{t('welcome.text')}</p>
      </div>
      <div className={styles.cards}>
        {demo === 'unavailable' ? null : <DemoCard />}
        <section className={styles.card}>
          <h2>{t('welcome.connectTitle')}</h2>
          <p>{t('welcome.connectText')}</p>
          <PairForm pair={(offer) => bridge.pair(offer)} onPaired={() => undefined} />
        </section>
      </div>
      <div className={styles.language}>
        <LanguageSelect />
      </div>
    </main>
  );
}
