import type { Unit } from '../../../store/insight-choice.ts';
import { chainName } from '../../../strings/chain-name.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import type { CurrencyTakings, Sum } from '../count/insights.ts';
import type { InsightFormat } from '../insight-format.ts';
import { ChartCard } from './chart-card.tsx';
import { ColumnChart } from './column-chart.tsx';
import { RankedChart } from './ranked-chart.tsx';

/** Most bars of a ranking; what is smaller is told as one. */
export const BARS_MOST = 12;

interface Takings {
  readonly takings: CurrencyTakings;
  readonly unit: Unit;
  readonly form: InsightFormat;
}

function useMoney(currency: string) {
  const { t, format } = useStrings();
  return {
    money: ({ amount }: Pick<Sum, 'amount'>) => format.money(currency, amount),
    orders: ({ orders }: Pick<Sum, 'orders'>) => format.number(orders),
    columns: [t('chart.amount', { currency }), t('chart.orders')],
  };
}

/** Takings over the range, by hours, days, weeks or months. */
export function TakingsOverTime({ takings, unit, form }: Takings) {
  const { t } = useStrings();
  const { money, orders, columns } = useMoney(takings.currency);
  const points = takings.perBucket.map((sum) => ({ sum, name: form.bucket(sum.bucket, unit), key: sum.bucket.key }));
  return (
    <ChartCard
      wide
      title={t(`chart.takings.${unit}`)}
      note={t('chart.takingsNote')}
      name="takings"
      table={{
        columns: [t('chart.time'), ...columns],
        rows: points.map(({ key, name, sum }) => ({ key, cells: [name, money(sum), orders(sum)] })),
      }}
    >
      <ColumnChart
        axis={(value) => form.round(takings.currency, value)}
        columns={points.map(({ key, name, sum }) => ({
          ...{ key, name, tick: form.tick(key, unit), value: Number(sum.amount) },
          lines: [money(sum), `${t('chart.orders')}: ${orders(sum)}`],
        }))}
      />
    </ChartCard>
  );
}

/** At which hours of the day money comes. */
export function TakingsByHour({ takings, form }: Omit<Takings, 'unit'>) {
  const { t } = useStrings();
  const { money, orders, columns } = useMoney(takings.currency);
  const hours = takings.perHour.map((sum, hour) => ({ sum, key: String(hour), name: form.hour(hour) }));
  return (
    <ChartCard
      title={t('chart.hours')}
      note={t('chart.hoursNote')}
      name="hours"
      table={{
        columns: [t('chart.hour'), ...columns],
        rows: hours.map(({ key, name, sum }) => ({ key, cells: [name, money(sum), orders(sum)] })),
      }}
    >
      <ColumnChart
        axis={(value) => form.round(takings.currency, value)}
        columns={hours.map(({ key, name, sum }) => ({
          ...{ key, name, tick: name, value: Number(sum.amount) },
          lines: [money(sum), `${t('chart.orders')}: ${orders(sum)}`],
        }))}
      />
    </ChartCard>
  );
}

interface Part extends Sum {
  readonly key: string;
  readonly name: string;
  /** What a table says beside the money. */
  readonly more: readonly string[];
}

function Parts(props: {
  readonly takings: CurrencyTakings;
  readonly form: InsightFormat;
  readonly parts: readonly Part[];
  readonly title: string;
  readonly name: string;
  /** What the parts are, and what `more` says of them. */
  readonly columns: readonly [string, ...string[]];
}) {
  const { t } = useStrings();
  const { money, orders, columns } = useMoney(props.takings.currency);
  const [what, ...more] = props.columns;
  const share = ({ amount }: Sum) =>
    form.percent(Number(props.takings.amount) === 0 ? 0 : Number(amount) / Number(props.takings.amount));
  const { form, parts } = props;
  return (
    <ChartCard
      title={props.title}
      name={props.name}
      table={{
        columns: [what, ...columns, t('chart.share'), ...more],
        rows: parts.map((part) => ({
          key: part.key,
          cells: [part.name, money(part), orders(part), share(part), ...part.more],
        })),
      }}
    >
      <RankedChart
        tone="brand"
        axis={(value) => form.round(props.takings.currency, value)}
        bars={parts.slice(0, BARS_MOST).map((part) => ({
          ...{ key: part.key, name: part.name, tick: part.name, value: Number(part.amount) },
          lines: [`${money(part)} · ${share(part)}`, `${t('chart.orders')}: ${orders(part)}`, ...part.more],
        }))}
      />
      {parts.length > BARS_MOST ? <small>{t('chart.others', { count: parts.length - BARS_MOST })}</small> : null}
    </ChartCard>
  );
}

export function TakingsBySource({ takings, form }: Omit<Takings, 'unit'>) {
  const { t } = useStrings();
  const parts = takings.perSource.map(({ source, ...sum }) => ({ ...sum, key: source, name: source, more: [] }));
  return (
    <Parts
      {...{ takings, form, parts, name: 'sources', title: t('chart.sources'), columns: [t('chart.source')] as const }}
    />
  );
}

export function TakingsByAsset({ takings, form }: Omit<Takings, 'unit'>) {
  const { t, format } = useStrings();
  const parts = takings.perAsset.map(({ asset, received, ...sum }) => {
    const symbol = received?.symbol ?? '';
    const on = received?.chain ? t('chart.assetOn', { symbol, chain: chainName(received.chain) }) : symbol;
    const name = received ? on : t(asset === 'several' ? 'chart.assetSeveral' : 'chart.assetUnknown');
    const more = received ? format.cryptoExact(received.units, received.decimals, symbol) : '';
    return { ...sum, key: asset, name, more: [more] };
  });
  const columns = [t('chart.asset'), t('chart.received')] as const;
  return <Parts {...{ takings, form, parts, columns, name: 'assets', title: t('chart.assets') }} />;
}
