import { Button, CloseButton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp, useDesk } from '../../store/app-context.tsx';
import type { Digest } from '../../store/desk-store.ts';
import { orderKey } from '../../store/order-key.ts';
import type { StringKey } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './digest-banner.module.css';
import { momentWords } from './moment-words.ts';

function Moments({ moments }: Pick<Digest, 'moments'>) {
  const { t, tell, format } = useStrings();
  const { ui } = useApp();
  if (moments.length === 0) return <p className={styles.quiet}>{t('digest.quiet')}</p>;
  return (
    <ol className={styles.moments} tabIndex={0} aria-label={t('digest.label')}>
      {moments.map((moment) => {
        const key = orderKey({ store: moment.store, id: moment.order });
        return (
          <li key={`${moment.store} ${moment.seq}`}>
            <time dateTime={new Date(moment.at).toISOString()}>{format.time(moment.at)}</time>
            <button type="button" onClick={() => ui.setState({ view: 'desk', active: key, opened: key })}>
              {moment.reference}
            </button>
            <span>{tell(momentWords(moment.kind))}</span>
          </li>
        );
      })}
    </ol>
  );
}

const reasons = {
  'epoch-changed': 'snapshot.epoch-changed',
  'too-old': 'snapshot.too-old',
  ahead: 'snapshot.ahead',
  diverged: 'snapshot.diverged',
} as const satisfies Record<string, StringKey>;

function SnapshotNote() {
  const { t } = useStrings();
  const { desk } = useApp();
  const snapshot = useDesk((model) => model.snapshot);
  // The first picture of a fresh desk is a snapshot too, and nothing to tell of.
  if (!snapshot?.reason) return null;
  return (
    <section className={styles.banner} aria-label={t('digest.label')}>
      <div className={styles.head}>
        <IconHistory size={18} aria-hidden />
        <p>{t(reasons[snapshot.reason])}</p>
        <CloseButton size="sm" aria-label={t('digest.dismiss')} onClick={() => desk.dismissSnapshot()} />
      </div>
    </section>
  );
}

/** "Caught up: 14 events while you were away", with what they were [FR3]. */
export function DigestBanner() {
  const { t, format } = useStrings();
  const { desk } = useApp();
  const digest = useDesk((model) => model.digest);
  const [open, setOpen] = useState(false);
  if (!digest) return <SnapshotNote />;
  const { events, from, to, moments } = digest;
  return (
    <>
      <SnapshotNote />
      <section className={styles.banner} aria-label={t('digest.label')}>
        <div className={styles.head}>
          <IconHistory size={18} aria-hidden />
          <p>
            <strong>{t('digest.title', { count: events })}</strong>
            {from !== null && to !== null ? (
              <span>{t('digest.span', { from: format.time(from), to: format.time(to) })}</span>
            ) : null}
          </p>
          <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('digest.hide') : t('digest.show')}
          </Button>
          <CloseButton size="sm" aria-label={t('digest.dismiss')} onClick={() => desk.dismissDigest()} />
        </div>
        {open ? <Moments moments={moments} /> : null}
      </section>
    </>
  );
}
