import { Loader } from '@mantine/core';
import { IconHistoryOff } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReplayRange } from '../../../contract/history.ts';
import { AppProvider, useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { PastProvider } from '../../store/past.tsx';
import { createUiStore } from '../../store/ui-store.ts';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { DeskView } from '../orders/desk-view.tsx';
import { MomentBar } from './moment-bar.tsx';
import { pastDesk } from './past-desk.ts';
import type { PastPicture } from './past-picture.ts';
import unseen from '../../ui/unseen.module.css';
import styles from './replay-view.module.css';
import { usePastPicture, useReplayRange } from './use-past-picture.ts';

/** The desk with the components of the present, over a picture of the past. What is chosen in it leaves the present alone. */
function PastDesk({ picture }: { picture: PastPicture }) {
  const parts = useApp();
  const [ui] = useState(() => createUiStore('desk'));
  const shown = useMemo(
    () => ({ ...parts, ui, desk: pastDesk(picture, parts.desk.api.getState()) }),
    [parts, ui, picture],
  );
  // What was set since is not of the past.
  const settings = useDesk((model) => model.settings);
  useEffect(() => shown.desk.takeSettings(settings), [shown, settings]);
  return (
    <AppProvider parts={shown}>
      <PastProvider at={picture.at}>
        <DeskView />
      </PastProvider>
    </AppProvider>
  );
}

function Nothing({ title, text }: { title: string; text: string }) {
  return <EmptyState icon={<IconHistoryOff size={28} aria-hidden />} title={title} text={text} />;
}

interface ReplayOfProps {
  readonly store: string;
  readonly onStore: (store: string) => void;
  readonly range: ReplayRange & { readonly from: number; readonly to: number };
}

function ReplayOf({ store, onStore, range: { from, to, complete } }: ReplayOfProps) {
  const { t, tell, format } = useStrings();
  const { ui } = useApp();
  const stores = useDesk((model) => model.desk?.stores);
  const [at, setAt] = useState(to);
  const { picture, fault, busy } = usePastPicture(store, at);
  const hidden = picture ? picture.total - picture.orders.length : 0;
  return (
    <>
      <MomentBar
        {...{ from, to, at, busy, store, onStore }}
        stores={stores ?? []}
        onMoment={setAt}
        onLeave={() => ui.setState({ view: 'desk' })}
      />
      {complete ? null : <p className={styles.told}>{t('replay.from', { time: format.full(from) })}</p>}
      {fault === null ? null : (
        <p className={styles.told} role="alert">
          {t('replay.fault', { reason: faultText(fault, tell) })}
        </p>
      )}
      {hidden > 0 ? <p className={styles.told}>{t('replay.hidden', { count: hidden })}</p> : null}
      {picture === null && busy ? <Loader color="teal" m="xl" aria-label={t('replay.reading')} /> : null}
      {/* What stands here belongs to the moment before until the chosen one was read. */}
      <div className={styles.past} aria-busy={busy}>
        {picture?.complete === true ? <PastDesk picture={picture} /> : null}
      </div>
      {picture?.complete === false ? <Nothing title={t('replay.notHeld')} text={t('replay.notHeldHint')} /> : null}
    </>
  );
}

function ReplayOfStore({ store, onStore }: Pick<ReplayOfProps, 'store' | 'onStore'>) {
  const { t } = useStrings();
  const read = useReplayRange(store);
  switch (read.kind) {
    case 'loading':
      return <Loader color="teal" m="xl" aria-label={t('replay.reading')} />;
    case 'failed':
      return <Nothing title={t('replay.notRead')} text={read.reason} />;
    case 'read': {
      const { from, to } = read.value;
      if (from === null || to === null) return <Nothing title={t('replay.nothing')} text={t('replay.nothingHint')} />;
      return <ReplayOf store={store} onStore={onStore} range={{ ...read.value, from, to }} />;
    }
    default:
      return read satisfies never;
  }
}

/** What the screen showed at any moment that this device still remembers, by the fold of the desk. */
export function ReplayView() {
  const { t } = useStrings();
  const chosen = useUi((model) => model.filter.store);
  const first = useDesk((model) => model.desk?.stores[0]?.id);
  const [picked, setPicked] = useState<string | null>(chosen);
  const store = picked ?? first;
  return (
    <div className={styles.view} data-current="false">
      <h1 className={unseen.unseen}>{t('replay.title')}</h1>
      {store === undefined ? null : <ReplayOfStore key={store} store={store} onStore={setPicked} />}
    </div>
  );
}
