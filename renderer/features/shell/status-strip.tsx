import { IconCircleFilled, IconPlayerPause, IconRoute } from '@tabler/icons-react';
import type { StoreView } from '../../../contract/ipc.ts';
import { useApp, useDesk, useTick, useUi } from '../../store/app-context.tsx';
import type { Standing } from '../../store/standing.ts';
import { useStanding } from '../../store/use-standing.ts';
import type { StringKey } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './status-strip.module.css';

function wordOf(standing: Standing): 'status.live' | 'status.slower' | 'status.opening' | 'status.notLive' {
  if (standing.kind === 'opening') return 'status.opening';
  if (standing.kind !== 'current') return 'status.notLive';
  return standing.slower ? 'status.slower' : 'status.live';
}

const icons = {
  'status.live': IconCircleFilled,
  'status.slower': IconRoute,
  'status.opening': IconPlayerPause,
  'status.notLive': IconPlayerPause,
} as const satisfies Partial<Record<StringKey, typeof IconRoute>>;

/** `lastHeardAt` is device time, like the wall clock it is compared with. */
function Heard() {
  const { t, format } = useStrings();
  const at = useDesk((model) => model.desk?.lastHeardAt ?? null);
  const offset = useDesk((model) => model.desk?.clock.offsetMs ?? 0);
  const text = useTick(({ now }) => {
    if (at === null) return t('status.neverHeard');
    const heard = Math.min(at + offset, now);
    return now - heard < 1000 ? t('status.heardNow') : t('status.heard', { ago: format.relative(heard, now) });
  });
  return <span title={at === null ? undefined : format.full(at)}>{text}</span>;
}

function heldBy(stores: readonly StoreView[]): { seq: number; behind: number } {
  const seq = stores.reduce((sum, store) => sum + store.seq, 0);
  return { seq, behind: stores.reduce((sum, store) => sum + Math.max(0, store.head - store.seq), 0) };
}

function Sequence() {
  const { t, format } = useStrings();
  const chosen = useUi((model) => model.filter.store);
  const stores = useDesk((model) => model.desk?.stores);
  if (!stores || stores.length === 0) return null;
  const { seq, behind } = heldBy(chosen === null ? stores : stores.filter(({ id }) => id === chosen));
  return (
    <>
      <span title={t('status.seqTitle')}>{t('status.seq', { seq: format.number(seq) })}</span>
      {behind > 0 ? <span>{t('status.behind', { count: behind })}</span> : null}
    </>
  );
}

/** ● Live · heard 2 s ago · #10,532; opens Health. */
export function StatusStrip() {
  const { t } = useStrings();
  const { ui } = useApp();
  const standing = useStanding();
  const word = wordOf(standing);
  const Icon = icons[word];
  return (
    <button
      type="button"
      data-tour="status"
      className={classNames(styles.strip, standing.kind === 'current' ? styles.live : styles.notLive)}
      onClick={() => ui.setState({ view: 'health' })}
    >
      <span className={styles.word}>
        <Icon size={standing.kind === 'current' && !standing.slower ? 11 : 15} aria-hidden />
        {t(word)}
      </span>
      <span className={styles.facts}>
        <Heard />
        <Sequence />
      </span>
    </button>
  );
}
