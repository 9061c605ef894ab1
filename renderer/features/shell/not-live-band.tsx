import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp, useDesk, useTick } from '../../store/app-context.tsx';
import { useStanding } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Late } from '../../ui/late.tsx';
import { latePairAnew } from '../onboarding/late-pair-anew.ts';
import { bandWords } from './band-words.ts';
import type { BandWords } from './band-words.ts';
import styles from './not-live-band.module.css';

function Action({ action }: { action: BandWords['action'] }) {
  const { t } = useStrings();
  const { link } = useApp();
  const [pairing, setPairing] = useState(false);
  if (action === null) return null;
  if (action === 'pair') {
    return (
      <>
        <Button size="xs" variant="white" color="dark" onClick={() => setPairing(true)}>
          {t('band.pairAnew')}
        </Button>
        {pairing ? <Late part={latePairAnew} given={{ onClose: () => setPairing(false) }} where="over" /> : null}
      </>
    );
  }
  if (action === 'reload') {
    return (
      <Button size="xs" variant="white" color="dark" onClick={() => window.location.reload()}>
        {t('crash.reload')}
      </Button>
    );
  }
  const retry = () => {
    link.retry();
    // A request that cannot be made now changes nothing: the band goes on telling what is tried and when.
    link.bridge.retryConnection({}).catch(() => undefined);
  };
  return (
    <Button size="xs" variant="white" color="dark" onClick={retry}>
      {t('band.tryNow')}
    </Button>
  );
}

/** "Not live since 14:02:11 · showing what was known then · next try in 7 s · Try now". */
export function NotLiveBand() {
  const { t, tell, format } = useStrings();
  const { monotonic, ticker } = useApp();
  const standing = useStanding();
  const link = useDesk((model) => model.link);
  const offset = useDesk((model) => model.desk?.clock.offsetMs ?? 0);
  useTick(({ now }) => (standing.kind === 'current' ? 0 : now));
  const words = bandWords(standing, link, ticker.read().now - offset, monotonic());
  if (!words) return null;
  const { since, asOf } = words;
  const shown = asOf === null ? t('band.nothingShown') : t('band.shownAsOf', { time: format.time(asOf) });
  return (
    <section className={styles.band} aria-label={t('band.label')}>
      <IconPlugConnectedX size={20} aria-hidden />
      <p>
        <strong title={since === null ? undefined : format.full(since)}>
          {since === null ? t('status.notLive') : t('band.since', { time: format.time(since) })}
        </strong>
        {[shown, ...words.parts.map(tell)].map((part) => (
          <span key={part} className={styles.part}>
            {part}
          </span>
        ))}
        {words.detail ? <span className={styles.detail}>{words.detail}</span> : null}
      </p>
      <Action action={words.action} />
    </section>
  );
}
