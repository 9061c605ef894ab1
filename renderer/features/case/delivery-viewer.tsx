import { Loader } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Delivery } from '../../../contract/protocol.ts';
import { codeOf } from '../../bridge/request-error.ts';
import { useApp } from '../../store/app-context.tsx';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Mark } from '../../ui/mark.tsx';
import styles from './delivery-viewer.module.css';
import { prettyBody } from './pretty-body.ts';

interface Failure {
  readonly code: string;
  readonly message: string;
}
type Read = { readonly delivery: Delivery } | { readonly failure: Failure } | null;

function useDelivery(store: string, delivery: string): Read {
  const { link } = useApp();
  const [read, setRead] = useState<Read>(null);
  useEffect(() => {
    let mine = true;
    link.bridge.readDelivery({ store, delivery }).then(
      (found) => {
        if (mine) setRead({ delivery: found });
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (mine) setRead({ failure: { code: codeOf(error), message } });
      },
    );
    return () => {
      mine = false;
    };
  }, [link, store, delivery]);
  return read;
}

function Failed({ failure }: { failure: Failure }) {
  const { t, tell } = useStrings();
  const known = failure.code === 'forbidden' || failure.code === 'not-current' ? failure.code : null;
  return (
    <div role="alert">
      <strong>{t('delivery.error')}</strong>
      <p>{known ? t(`delivery.error.${known}`) : faultText(failure.message, tell)}</p>
    </div>
  );
}

function Found({ delivery }: { delivery: Delivery }) {
  const { t, format } = useStrings();
  return (
    <div className={styles.delivery}>
      <p className={styles.facts}>
        <Mark
          tone={delivery.verified ? 'good' : 'bad'}
          icon={delivery.verified ? <IconShieldCheck aria-hidden /> : <IconShieldX aria-hidden />}
        >
          {delivery.verified ? t('delivery.verified') : t('delivery.unverified')}
        </Mark>
        {t('delivery.received', { time: format.full(delivery.receivedAt), source: delivery.source })}
      </p>
      <h3>{t('delivery.headers')}</h3>
      <pre tabIndex={0} aria-label={t('delivery.headers')}>
        {Object.entries(delivery.headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}
      </pre>
      <h3>{t('delivery.body')}</h3>
      <pre tabIndex={0} aria-label={t('delivery.body')}>
        {prettyBody(delivery.body)}
      </pre>
    </div>
  );
}

/** What the source really sent, as it came, signature check included. */
export function DeliveryViewer(props: { store: string; delivery: string; onClose: () => void }) {
  const { t } = useStrings();
  const read = useDelivery(props.store, props.delivery);
  return (
    <Dialog wide title={t('delivery.title', { id: props.delivery })} onClose={props.onClose}>
      {read === null ? <Loader color="teal" aria-label={t('delivery.loading')} /> : null}
      {read && 'failure' in read ? <Failed failure={read.failure} /> : null}
      {read && 'delivery' in read ? <Found delivery={read.delivery} /> : null}
    </Dialog>
  );
}
