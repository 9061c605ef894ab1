import { IconCircleFilled, IconPlugConnectedX } from '@tabler/icons-react';
import { useDesk, useTick, useUi } from '../../store/app-context.tsx';
import { useAsOf, useStanding } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './counter-view.module.css';

/** Which store, what time it is, and whether the display may be believed. */
export function CounterStanding() {
  const { t, format } = useStrings();
  const standing = useStanding();
  const asOf = useAsOf();
  const chosen = useUi((model) => model.filter.store);
  const store = useDesk(({ desk }) => {
    const stores = (desk?.stores ?? []).filter(({ id }) => chosen === null || id === chosen);
    return stores.length === 1 ? (stores[0]?.name ?? '') : t('header.allStores');
  });
  const time = useTick(({ now }) => format.time(now));
  const live = standing.kind === 'current';
  const Icon = live ? IconCircleFilled : IconPlugConnectedX;
  return (
    <p className={styles.standing}>
      <strong>{store}</strong>
      <time>{time}</time>
      <span className={classNames(styles.word, live ? styles.live : styles.notLive)}>
        <Icon size={live ? 16 : 26} aria-hidden />
        {live ? t('status.live') : t('status.notLive')}
        {asOf === null ? null : (
          <> · {asOf === 0 ? t('time.asOfUnknown') : t('time.asOf', { time: format.time(asOf) })}</>
        )}
      </span>
    </p>
  );
}
