import { BarChart } from '@mantine/charts';
import { ChartTip } from './chart-tip.tsx';
import type { Point } from './chart-tip.tsx';
import { useChartColour } from './use-chart-colour.ts';

export interface Column extends Point {
  readonly value: number;
}

/** Upright bars over time. Decoration beside its table, which says the same. */
export function ColumnChart({ columns, axis }: { columns: readonly Column[]; axis: (value: number) => string }) {
  const colour = useChartColour('brand');
  const ticks = new Map(columns.map(({ key, tick }) => [key, tick]));
  return (
    <BarChart
      h={220}
      data={[...columns]}
      dataKey="key"
      series={[{ name: 'value', color: colour }]}
      accessibilityLayer={false}
      maxBarWidth={46}
      valueFormatter={axis}
      tickLine="none"
      gridColor="var(--tw-line)"
      textColor="var(--tw-soft)"
      xAxisProps={{ tickFormatter: (key: string) => ticks.get(key) ?? key, minTickGap: 18, interval: 'preserveStart' }}
      yAxisProps={{ width: 64 }}
      tooltipProps={{ content: ChartTip }}
    />
  );
}
