import type { ConnectionSegment } from '../../../../contract/history.ts';
import { faultText } from '../../../strings/fault-text.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { Card } from '../../../ui/card.tsx';
import { durationWords } from '../../case/duration-words.ts';
import { HealthTable } from '../health-table.tsx';
import { qualityOf } from './connection-quality.ts';
import { ConnectionStrip } from './connection-strip.tsx';
import styles from './history-card.module.css';
import { interruptionsOf } from './interruptions.ts';
import type { Interruption } from './interruptions.ts';
import { useConnectionHistory } from './use-connection-history.ts';

const HOURS = 24;
/** More are counted, and not told one by one. */
const TOLD_MOST = 20;

function useSummary(segments: readonly ConnectionSegment[]): string {
  const { t, tell, locale } = useStrings();
  const { openMs, currentMs, interruptions: count, longestMs } = qualityOf(segments);
  if (openMs === 0) return t('history.none');
  if (count === 0) return t('history.whole');
  // Cut, so that it never says all where something is missing.
  const share = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1 }).format(
    Math.floor((currentMs / openMs) * 1000) / 1000,
  );
  return t('history.summary', { share, count, longest: tell(durationWords(longestMs)) });
}

function Interruptions({ found }: { found: readonly Interruption[] }) {
  const { t, tell, format } = useStrings();
  const told = found.slice(0, TOLD_MOST);
  return (
    <HealthTable
      title={t('history.interruptions')}
      rows={told}
      keyOf={({ from }) => String(from)}
      empty={t('history.interruptionsNone')}
      columns={[
        { name: t('history.began'), cell: ({ from }) => format.full(from) },
        {
          name: t('history.lasted'),
          cell: ({ from, to, open }) => {
            const span = tell(durationWords(to - from));
            return open ? t('history.ongoing', { span }) : span;
          },
        },
        {
          name: t('history.how'),
          cell: ({ phases }) => phases.map((phase) => t(`phase.${phase}`)).join(' → '),
          text: true,
        },
      ]}
    >
      {found.length > TOLD_MOST ? <p>{t('history.more', { count: found.length - TOLD_MOST })}</p> : null}
    </HealthTable>
  );
}

/** The connection of the last day, over restarts too: how much of it the screen could be believed. */
export function HistoryCard() {
  const { t, tell } = useStrings();
  const history = useConnectionHistory(HOURS);
  const segments = history.state === 'known' ? history.segments : [];
  const summary = useSummary(segments);
  if (history.state === 'asking') return <Card title={t('history.title')}>{t('history.asking')}</Card>;
  if (history.state === 'unknown')
    return (
      <Card title={t('history.title')}>{t('history.unknown', { message: faultText(history.message, tell) })}</Card>
    );
  return (
    <>
      <Card title={t('history.title')}>
        <p className={styles.summary}>{summary}</p>
        {segments.length > 0 ? <ConnectionStrip segments={segments} summary={summary} /> : null}
      </Card>
      {segments.length > 0 ? <Interruptions found={interruptionsOf(segments)} /> : null}
    </>
  );
}
