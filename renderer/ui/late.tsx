import { Button, Loader } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useStrings } from '../strings/strings-context.tsx';
import { classNames } from './class-names.ts';
import { EmptyState } from './empty-state.tsx';
import type { LatePart } from './late-part.ts';
import styles from './late.module.css';

export interface LateProps<P> {
  readonly part: LatePart<P>;
  readonly given: P;
  /** Where it will stand, and what stands for it until then: the whole page, the view, beside the queue, over it all. */
  readonly where: 'page' | 'view' | 'beside' | 'over';
}

/** What stands beside the queue is an aside, which takes the whole width where there is no room for both. */
function placeOf(where: LateProps<never>['where']): 'aside' | 'div' {
  return where === 'beside' ? 'aside' : 'div';
}

/** Seen only where it takes longer than a moment; `data-coming` says that the picture is not whole yet. */
function Coming({ where }: Pick<LateProps<never>, 'where'>) {
  const { t } = useStrings();
  const Place = placeOf(where);
  return (
    <Place className={classNames(styles[where], styles.coming)} data-coming>
      <Loader color="teal" aria-label={t('app.openHost')} />
    </Place>
  );
}

function NotLoaded({ where }: Pick<LateProps<never>, 'where'>) {
  const { t } = useStrings();
  const Place = placeOf(where);
  return (
    <Place className={styles[where]} role="alert">
      <EmptyState icon={<IconPlugConnectedX size={28} aria-hidden />} title={t('late.title')} text={t('late.text')}>
        <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
      </EmptyState>
    </Place>
  );
}

/** Draws a part at once where it was fetched already, else as soon as it is there. */
export function Late<P extends object>({ part, given, where }: LateProps<P>) {
  const state = useSyncExternalStore(part.subscribe, part.read);
  useEffect(() => void part.load(), [part]);
  switch (state.kind) {
    case 'loaded': {
      const { Part } = state;
      return <Part {...given} />;
    }
    case 'absent':
      return <Coming where={where} />;
    case 'failed':
      return <NotLoaded where={where} />;
    default:
      return state satisfies never;
  }
}
