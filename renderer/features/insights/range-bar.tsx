import { NativeSelect, SegmentedControl } from '@mantine/core';
import { DatePickerInput, DatesProvider } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useApp, useUi } from '../../store/app-context.tsx';
import { presets } from '../../store/insight-choice.ts';
import type { DayRange, InsightChoice } from '../../store/insight-choice.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { addDays, DAYS_MOST } from './count/calendar.ts';
import { unitsOf } from './count/time-grid.ts';
import styles from './insights-view.module.css';

type Change = (changes: Partial<InsightChoice>) => void;

/** Days out of the calendar; a range counts once both its ends are chosen. */
function DayPicker({ range, today, change }: { range: DayRange; today: string; change: Change }) {
  const { t, language } = useStrings();
  // The dialog of the calendar is named by what opens it.
  const id = useId();
  const [begun, setBegun] = useState<string | null>(null);
  const aria = {
    ...{ nextMonth: t('calendar.nextMonth'), previousMonth: t('calendar.previousMonth') },
    ...{ nextYear: t('calendar.nextYear'), previousYear: t('calendar.previousYear') },
    ...{ nextDecade: t('calendar.nextDecade'), previousDecade: t('calendar.previousDecade') },
  };
  return (
    <DatesProvider settings={{ locale: language === 'zh-CN' ? 'zh-cn' : 'en', firstDayOfWeek: 1 }}>
      <DatePickerInput
        type="range"
        size="sm"
        aria-label={t('insights.daysChosen', { days: `${range.from} – ${range.to}` })}
        placeholder={t('insights.pickDays')}
        valueFormat="YYYY-MM-DD"
        leftSection={<IconCalendar size={16} aria-hidden />}
        allowSingleDateInRange
        minDate={addDays(today, 1 - DAYS_MOST)}
        maxDate={today}
        hideOutsideDates
        id={id}
        popoverProps={{ id }}
        classNames={{ day: styles.day ?? '' }}
        ariaLabels={aria}
        value={begun === null ? [range.from, range.to] : [begun, null]}
        onChange={([from, to]) => {
          setBegun(to === null ? from : null);
          if (from !== null && to !== null) change({ days: { from, to } });
        }}
        onDropdownClose={() => setBegun(null)}
      />
    </DatesProvider>
  );
}

/** Which days, in which points, in which currency. */
export function RangeBar(props: { range: DayRange; today: string; currencies: readonly string[] }) {
  const { range, today, currencies } = props;
  const { t } = useStrings();
  const { ui } = useApp();
  const { days, unit, currency } = useUi((model) => model.insights);
  const change: Change = (changes) => ui.setState(({ insights }) => ({ insights: { ...insights, ...changes } }));
  const units = unitsOf(range);
  const [finest = 'day'] = units;
  return (
    <div className={styles.bar} role="group" aria-label={t('insights.range')}>
      <SegmentedControl
        size="sm"
        aria-label={t('insights.range')}
        data={presets.map((value) => ({ value, label: t(`insights.preset.${value}`) }))}
        value={typeof days === 'string' ? days : ''}
        onChange={(value) => {
          const preset = presets.find((each) => each === value);
          if (preset) change({ days: preset });
        }}
      />
      <DayPicker range={range} today={today} change={change} />
      {units.length > 1 ? (
        <SegmentedControl
          size="sm"
          aria-label={t('insights.unit')}
          data={units.map((value) => ({ value, label: t(`insights.unit.${value}`) }))}
          value={unit !== null && units.includes(unit) ? unit : finest}
          onChange={(value) => change({ unit: units.find((each) => each === value) ?? null })}
        />
      ) : null}
      {currencies.length > 1 ? (
        <NativeSelect
          size="sm"
          aria-label={t('insights.currency')}
          data={[...currencies]}
          value={currency !== null && currencies.includes(currency) ? currency : currencies[0]}
          onChange={({ currentTarget }) => change({ currency: currentTarget.value })}
        />
      ) : null}
    </div>
  );
}
