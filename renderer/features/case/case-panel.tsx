import { CloseButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Order } from '../../../contract/order.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';
import type { OrderKey } from '../../store/order-key.ts';
import { PastProvider, usePast } from '../../store/past.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { AsOf } from '../../ui/as-of.tsx';
import { classNames } from '../../ui/class-names.ts';
import { StateCell } from '../orders/state-cell.tsx';
import { CaseBody } from './case-body.tsx';
import styles from './case-panel.module.css';
import { ReplayBar } from './replay/replay-bar.tsx';
import { useReplay } from './replay/use-replay.ts';
import { useOrderHistory } from './use-order-history.ts';

function Head({ order, onClose }: { order: Order | undefined; onClose: () => void }) {
  const { t } = useStrings();
  const heading = useRef<HTMLHeadingElement | null>(null);
  const found = order !== undefined;
  useEffect(() => heading.current?.focus({ preventScroll: true }), [found]);
  return (
    <div className={styles.head}>
      <h2 ref={heading} tabIndex={-1}>
        {order ? order.reference || order.sourceRef : ''}
      </h2>
      {order ? <StateCell order={order} /> : null}
      <span className={styles.space} />
      <AsOf />
      <CloseButton aria-label={t('case.close')} onClick={onClose} />
    </div>
  );
}

/** One order beside the queue: first what to do and why, then money, payments, and all that happened. */
export function CasePanel({ orderKey }: { orderKey: OrderKey }) {
  const { t } = useStrings();
  const { ui } = useApp();
  const shown = useOrderHistory(orderKey);
  const held = useDesk((model) => model.orders.get(orderKey));
  // Within a desk that itself shows a past moment, the case shows that moment too.
  const at = usePast();
  const replay = useReplay(shown.history, at !== null);
  const order = replay.past?.order ?? held ?? shown.history?.order;
  const close = () => {
    // Where the case had taken the whole width, the queue has to be back before it can be given the focus.
    flushSync(() => ui.setState({ opened: null }));
    document.getElementById('queue')?.focus();
  };
  const body = useRef<HTMLDivElement | null>(null);
  const endReplay = () => {
    replay.close();
    body.current?.focus();
  };
  const label = t('case.label', { reference: order?.reference ?? '' });
  return (
    <aside className={classNames(styles.panel, (replay.past ?? at) !== null && styles.past)} aria-label={label}>
      <PastProvider at={replay.past?.at ?? at}>
        <Head order={order} onClose={close} />
        {replay.open ? <ReplayBar replay={replay} onClose={endReplay} /> : null}
        <div ref={body} className={styles.body} tabIndex={0} role="region" aria-label={label}>
          <CaseBody order={order} shown={shown} replay={replay} />
        </div>
      </PastProvider>
    </aside>
  );
}
