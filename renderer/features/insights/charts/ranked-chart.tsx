import { BarChart } from '@mantine/charts';
import { ChartTip } from './chart-tip.tsx';
import type { Point } from './chart-tip.tsx';
import { useChartColour } from './use-chart-colour.ts';

export interface Ranked extends Point {
  readonly value: number;
}

const ROW_HEIGHT = 32;
const AXIS_HEIGHT = 36;
/** Room for the figure at a bar's end. */
const LABEL_WIDTH = 52;

/** Lying bars, the largest first. Decoration beside its table, which says the same. */
export function RankedChart({
  bars,
  axis,
  tone,
}: {
  bars: readonly Ranked[];
  axis: (value: number) => string;
  tone: 'brand' | 'warn';
}) {
  const colour = useChartColour(tone);
  const ticks = new Map(bars.map(({ key, tick }) => [key, tick]));
  return (
    <BarChart
      h={bars.length * ROW_HEIGHT + AXIS_HEIGHT}
      data={[...bars]}
      dataKey="key"
      orientation="vertical"
      gridAxis="y"
      series={[{ name: 'value', color: colour }]}
      accessibilityLayer={false}
      maxBarWidth={18}
      valueFormatter={axis}
      withBarValueLabel
      barChartProps={{ margin: { right: LABEL_WIDTH } }}
      barLabelColor="var(--tw-soft)"
      tickLine="none"
      gridColor="var(--tw-line)"
      textColor="var(--tw-soft)"
      xAxisProps={{ allowDecimals: false, minTickGap: 24 }}
      yAxisProps={{ width: 150, tickFormatter: (key: string) => ticks.get(key) ?? key, interval: 0 }}
      tooltipProps={{ content: ChartTip }}
    />
  );
}
