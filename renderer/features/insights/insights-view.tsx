import '@mantine/charts/styles.css';
import '@mantine/dates/styles.css';
import 'dayjs/locale/zh-cn';
import { Alert, Button, Progress } from '@mantine/core';
import { IconChartBar, IconChartBarOff, IconFileTypeCsv } from '@tabler/icons-react';
import { memo, useMemo, useState } from 'react';
import { useApp, useUi } from '../../store/app-context.tsx';
import type { DayRange } from '../../store/insight-choice.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { AsOf } from '../../ui/as-of.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ScrollingView } from '../../ui/scrolling-view.tsx';
import { ConnectionQualityCard } from './charts/connection-quality-card.tsx';
import { Exceptions, SpansCard } from './charts/order-charts.tsx';
import { TakingsByAsset, TakingsByHour, TakingsBySource, TakingsOverTime } from './charts/takings-charts.tsx';
import { TurnProvider } from './charts/turn-context.tsx';
import { daysIn } from './count/calendar.ts';
import type { Insights } from './count/insights.ts';
import { ExportDialog } from './csv/export-dialog.tsx';
import { fileName } from './file-name.ts';
import { Figures } from './figures.tsx';
import { createInsightFormat } from './insight-format.ts';
import type { InsightFormat } from './insight-format.ts';
import styles from './insights-view.module.css';
import { PictureProvider } from './png/picture-context.tsx';
import { RangeBar } from './range-bar.tsx';
import { useCountedStores, useInsights, useRange, useToday } from './use-insights.ts';
import type { CountedStores } from './use-insights.ts';

interface Shown {
  readonly insights: Insights;
  readonly form: InsightFormat;
}

/** Drawn again for other figures alone: not while they are being counted. */
const Charts = memo(function Charts({ insights, form }: Shown) {
  const chosen = useUi((model) => model.insights.currency);
  const takings = insights.takings.find(({ currency }) => currency === chosen) ?? insights.takings[0];
  const { unit } = insights;
  // One day's hours of the day would be the same chart once more.
  const several = daysIn(insights.range) > 1;
  return (
    <TurnProvider>
      <Figures insights={insights} takings={takings} form={form} />
      <div className={styles.charts}>
        {takings ? (
          <>
            <TakingsOverTime takings={takings} unit={unit} form={form} />
            <TakingsBySource takings={takings} form={form} />
            <TakingsByAsset takings={takings} form={form} />
            {several ? <TakingsByHour takings={takings} form={form} /> : null}
          </>
        ) : null}
        <Exceptions insights={insights} form={form} />
        <SpansCard of="sight" spans={insights.sight} unit={unit} form={form} />
        <SpansCard of="settlement" spans={insights.settlement} unit={unit} form={form} />
        <ConnectionQualityCard form={form} wide={several} />
      </div>
    </TurnProvider>
  );
});

function Nothing({ insights, form }: Shown) {
  const { t, format } = useStrings();
  const { ui } = useApp();
  const { from, to } = insights.range;
  if (insights.heldSince === null)
    return (
      <EmptyState
        icon={<IconChartBar size={28} aria-hidden />}
        title={t('insights.noneTitle')}
        text={t('insights.noneText')}
      />
    );
  const showAll = () => ui.setState(({ insights: choice }) => ({ insights: { ...choice, days: 'all' } }));
  const days = { from: form.day(from), to: form.day(to), since: format.full(insights.heldSince) };
  return (
    <EmptyState
      icon={<IconChartBarOff size={28} aria-hidden />}
      title={t('insights.emptyTitle')}
      text={t('insights.emptyText', days)}
    >
      <Button variant="default" onClick={showAll}>
        {t('insights.showAll')}
      </Button>
    </EmptyState>
  );
}

/** What this desk can know at all: nothing from before its oldest order. */
function HeldSince({ insights, stores }: { insights: Insights; stores: CountedStores }) {
  const { t, format } = useStrings();
  const { storeDay } = useApp();
  const { heldSince, range } = insights;
  if (heldSince === null) return null;
  const time = format.full(heldSince);
  const gap = range.from < storeDay(heldSince, stores.only?.timeZone ?? 'UTC');
  if (!gap) return <p className={styles.soft}>{t('insights.since', { time })}</p>;
  return <Alert color="yellow">{t('insights.sinceGap', { time })}</Alert>;
}

function Head({ stores, onExport }: { stores: CountedStores; onExport: () => void }) {
  const { t } = useStrings();
  const { only } = stores;
  return (
    <div className={styles.head}>
      <h1>{t('insights.title')}</h1>
      <p className={styles.soft}>
        {only ? t('insights.ofStore', { store: only.name, zone: only.timeZone }) : t('insights.ofStores')}
      </p>
      <AsOf />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconFileTypeCsv size={16} aria-hidden />}
        onClick={onExport}
      >
        {t('csv.open')}
      </Button>
    </div>
  );
}

function useNames(stores: CountedStores, range: DayRange, form: InsightFormat) {
  const { t } = useStrings();
  const store = useUi((model) => model.filter.store);
  return useMemo(() => {
    const days = range.from === range.to ? form.day(range.from) : `${form.day(range.from)} – ${form.day(range.to)}`;
    const of = stores.only
      ? t('insights.ofStore', { store: stores.only.name, zone: stores.only.timeZone })
      : t('insights.ofStores');
    return {
      ofWhat: `${days} · ${of}`,
      fileName: (what: string, ending: 'png' | 'csv') => fileName(store, what, range, ending),
    };
  }, [stores, range, form, store, t]);
}

/** How the shop has done, as far as this desk holds its orders. */
export function InsightsView() {
  const { t, ...strings } = useStrings();
  const { locale } = strings;
  const form = useMemo(() => createInsightFormat({ locale, t }), [locale, t]);
  const stores = useCountedStores();
  const [heldSince, setHeldSince] = useState<number | null>(null);
  const today = useToday(stores.zones);
  const range = useRange(stores, today, heldSince);
  const { insights, progress } = useInsights(stores, range);
  if (insights && insights.heldSince !== heldSince) setHeldSince(insights.heldSince);
  const [exporting, setExporting] = useState(false);
  const names = useNames(stores, insights?.range ?? range, form);
  const nothing = insights !== null && insights.created === 0 && insights.paid === 0;
  const percent = form.percent(Math.floor(progress * 100) / 100);
  return (
    <PictureProvider value={names}>
      <ScrollingView title={t('insights.title')} wide>
        <Head stores={stores} onExport={() => setExporting(true)} />
        <RangeBar today={today} range={range} currencies={insights?.takings.map(({ currency }) => currency) ?? []} />
        {progress < 1 ? (
          <div className={styles.counting}>
            <Progress value={progress * 100} size="sm" aria-label={t('insights.counting', { percent })} />
          </div>
        ) : null}
        {insights && !nothing ? <HeldSince insights={insights} stores={stores} /> : null}
        {insights && !nothing ? <Charts insights={insights} form={form} /> : null}
        {insights && nothing ? <Nothing insights={insights} form={form} /> : null}
      </ScrollingView>
      {exporting ? (
        <ExportDialog stores={stores} range={range} form={form} onClose={() => setExporting(false)} />
      ) : null}
    </PictureProvider>
  );
}
