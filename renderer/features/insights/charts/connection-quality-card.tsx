import { memo } from 'react';
import { faultText } from '../../../strings/fault-text.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { durationWords } from '../../case/duration-words.ts';
import { qualityOf, qualityPerHour } from '../../health/history/connection-quality.ts';
import type { QualityOfHour } from '../../health/history/connection-quality.ts';
import { useConnectionHistory } from '../../health/history/use-connection-history.ts';
import type { InsightFormat } from '../insight-format.ts';
import { ChartCard } from './chart-card.tsx';
import { ColumnChart } from './column-chart.tsx';

const HOURS = 72;

/** How much of the time the screen could be believed, hour by hour; no order changes it. */
export const ConnectionQualityCard = memo(function ConnectionQualityCard(props: {
  form: InsightFormat;
  wide: boolean;
}) {
  const { form, wide } = props;
  const { t, tell, format } = useStrings();
  const history = useConnectionHistory(HOURS);
  const segments = history.state === 'known' ? history.segments : [];
  const quality = qualityOf(segments);
  const share = ({ openMs, currentMs }: Pick<QualityOfHour, 'openMs' | 'currentMs'>) =>
    openMs === 0 ? t('chart.notOpen') : form.percent(currentMs / openMs);
  const words = {
    share: share(quality),
    count: quality.interruptions,
    longest: tell(durationWords(quality.longestMs)),
  };
  const summary = quality.interruptions === 0 ? t('chart.connectionWhole') : t('chart.connectionSummary', words);
  const told =
    history.state === 'unknown' ? t('chart.connectionUnknown', { message: faultText(history.message, tell) }) : summary;
  const hours = qualityPerHour(segments).map((hour) => ({
    ...{ hour, key: String(hour.from), name: format.full(hour.from), tick: format.time(hour.from).slice(0, 5) },
  }));
  return (
    <ChartCard
      wide={wide}
      title={t('chart.connection')}
      note={t('chart.connectionNote', { hours: HOURS })}
      name="connection"
      summary={history.state === 'asking' || quality.openMs === 0 ? undefined : told}
      table={{
        columns: [t('chart.time'), t('chart.current')],
        rows: hours.map(({ key, name, hour }) => ({ key, cells: [name, share(hour)] })),
      }}
    >
      <ColumnChart
        axis={form.percent}
        columns={hours.map(({ key, name, tick, hour }) => ({
          ...{ key, name, tick, value: hour.openMs === 0 ? 0 : hour.currentMs / hour.openMs },
          lines: [`${t('chart.current')}: ${share(hour)}`],
        }))}
      />
    </ChartCard>
  );
});
