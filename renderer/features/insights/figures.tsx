import type { ReactNode } from 'react';
import { compareDecimals, currencyDecimals, formatUnits } from '../../../contract/money.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { durationWords } from '../case/duration-words.ts';
import type { CurrencyTakings, Insights, Spans } from './count/insights.ts';
import { unitsOf } from './count/money-count.ts';
import styles from './figures.module.css';
import type { InsightFormat } from './insight-format.ts';

function Figure({ name, more, children }: { name: string; more?: string | undefined; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>
        <strong>{children}</strong>
        {more === undefined ? null : <small>{more}</small>}
      </dd>
    </div>
  );
}

function useSpans() {
  const { t, tell } = useStrings();
  return ({ p50, p95 }: Spans) => ({
    figure: p50 === null ? '–' : tell(durationWords(p50)),
    more: p95 === null ? t('figure.medianUnknown') : t('figure.median', { p95: tell(durationWords(p95)) }),
  });
}

/** Cut to the currency's own decimals, never rounded up. */
export function averageOf({ amount, orders }: CurrencyTakings, decimals: number): string {
  const units = orders === 0 ? 0n : unitsOf(amount) / BigInt(orders);
  const scale = 10n ** BigInt(30 - decimals);
  return formatUnits((units / scale) * scale, 30);
}

/** The figures of the range, at a glance. */
export function Figures(props: { insights: Insights; takings: CurrencyTakings | undefined; form: InsightFormat }) {
  const { insights, takings, form } = props;
  const { t, format } = useStrings();
  const spans = useSpans();
  const [sight, settlement] = [spans(insights.sight), spans(insights.settlement)];
  const others = insights.takings.filter(({ currency }) => currency !== takings?.currency);
  const amounts = others.map(({ currency, amount }) => format.money(currency, amount)).join(', ');
  const none = !takings || compareDecimals(takings.amount, '0') === 0;
  return (
    <dl className={styles.figures} aria-label={t('insights.figures')}>
      <Figure name={t('figure.takings')} more={others.length > 0 ? t('figure.moreCurrencies', { amounts }) : undefined}>
        {takings ? format.money(takings.currency, takings.amount) : '–'}
      </Figure>
      <Figure name={t('figure.paid')}>{format.number(insights.paid)}</Figure>
      <Figure name={t('figure.average')}>
        {none ? '–' : format.money(takings.currency, averageOf(takings, currencyDecimals(takings.currency) ?? 8))}
      </Figure>
      <Figure name={t('figure.created')}>{format.number(insights.created)}</Figure>
      <Figure
        name={t('figure.exceptions')}
        more={
          insights.created === 0
            ? undefined
            : t('figure.exceptionsOf', { share: form.percent(insights.troubled / insights.created) })
        }
      >
        {format.number(insights.troubled)}
      </Figure>
      <Figure name={t('figure.sight')} more={sight.more}>
        {sight.figure}
      </Figure>
      <Figure name={t('figure.settlement')} more={settlement.more}>
        {settlement.figure}
      </Figure>
    </dl>
  );
}
