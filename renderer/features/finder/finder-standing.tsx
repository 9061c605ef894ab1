import { IconClockPause } from '@tabler/icons-react';
import { useAsOf, useStanding } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './finder.module.css';
import type { FinderSearch } from './use-finder-search.ts';

/** Says how far an answer may be believed: as of when, while the desk is not live, and where was looked [FR2]. */
export function FinderStanding({ search }: { search: FinderSearch }) {
  const { t, format } = useStrings();
  const standing = useStanding();
  const asOf = useAsOf();
  const here = search.state === 'found' && search.from === 'journal';
  if (asOf === null && !here) return null;
  const since =
    standing.kind === 'host-gone' ? standing.since : standing.kind === 'not-current' ? standing.desk.since : null;
  const parts = [
    asOf === null ? null : asOf === 0 ? t('time.asOfUnknown') : t('time.asOf', { time: format.time(asOf) }),
    asOf === null || since === null ? null : t('finder.notLiveSince', { time: format.time(since) }),
    here ? t('finder.hereOnly') : null,
  ];
  return (
    <p className={styles.standing}>
      <IconClockPause size={16} aria-hidden />
      {parts.filter((part) => part !== null).join(' · ')}
    </p>
  );
}
