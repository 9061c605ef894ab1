import type { Unit } from '../../../store/insight-choice.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { durationWords } from '../../case/duration-words.ts';
import type { Insights, SpansOverTime } from '../count/insights.ts';
import type { ExceptionKind } from '../count/order-facts.ts';
import type { InsightFormat } from '../insight-format.ts';
import { ChartCard } from './chart-card.tsx';
import { RankedChart } from './ranked-chart.tsx';
import { SpansChart } from './spans-chart.tsx';

const ends = ['expired', 'failed', 'cancelled', 'refunding', 'refunded'] as const satisfies readonly ExceptionKind[];

function isEnd(kind: ExceptionKind): kind is (typeof ends)[number] {
  return ends.some((end) => end === kind);
}

/** What went otherwise than it should, of the orders created in the range. */
export function Exceptions({ insights, form }: { insights: Insights; form: InsightFormat }) {
  const { t, format } = useStrings();
  const rows = insights.exceptions.map(({ kind, orders }) => ({
    ...{ kind, orders, name: isEnd(kind) ? t(`exception.${kind}`) : t(`flag.${kind}`) },
    share: form.percent(orders / Math.max(1, insights.created)),
  }));
  return (
    <ChartCard
      title={t('chart.exceptions')}
      note={t('chart.exceptionsNote')}
      name="exceptions"
      table={{
        columns: [t('chart.exception'), t('chart.orders'), t('chart.share')],
        rows: rows.map(({ kind, name, orders, share }) => ({ key: kind, cells: [name, format.number(orders), share] })),
      }}
    >
      <RankedChart
        tone="warn"
        axis={format.number}
        bars={rows.map(({ kind, name, orders, share }) => ({
          ...{ key: kind, name, tick: name, value: orders },
          lines: [`${t('chart.orders')}: ${format.number(orders)}`, share],
        }))}
      />
    </ChartCard>
  );
}

interface SpansProps {
  readonly spans: SpansOverTime;
  readonly unit: Unit;
  readonly form: InsightFormat;
  readonly of: 'sight' | 'settlement';
}

/** How long something took, half of the orders and nearly all of them. */
export function SpansCard({ spans, unit, form, of }: SpansProps) {
  const { t, tell, format } = useStrings();
  const words = (span: number | null) => (span === null ? '–' : tell(durationWords(span)));
  const points = spans.perBucket.map(({ bucket, ...each }) => ({ ...each, key: bucket.key, bucket }));
  const rows = points.map(({ key, bucket, p50, p95, count }) => ({
    key,
    cells: [form.bucket(bucket, unit), words(p50), words(p95), format.number(count)],
  }));
  const [half, most] = [t('chart.p50'), t('chart.p95')];
  return (
    <ChartCard
      title={t(`chart.${of}`)}
      note={t(`chart.${of}Note`)}
      name={of}
      summary={spans.count === 0 ? undefined : `${half}: ${words(spans.p50)} · ${most}: ${words(spans.p95)}`}
      legend={[
        { name: half, dashed: false },
        { name: most, dashed: true },
      ]}
      table={{ columns: [t('chart.time'), half, most, t('chart.orders')], rows: spans.count === 0 ? [] : rows }}
    >
      <SpansChart
        axis={words}
        points={points.map(({ key, bucket, p50, p95, count }) => ({
          ...{ key, p50, p95, tick: form.tick(key, unit), name: form.bucket(bucket, unit) },
          lines: [`${half}: ${words(p50)}`, `${most}: ${words(p95)}`, `${t('chart.orders')}: ${format.number(count)}`],
        }))}
      />
    </ChartCard>
  );
}
