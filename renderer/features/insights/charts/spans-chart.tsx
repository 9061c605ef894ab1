import { LineChart } from '@mantine/charts';
import { ChartTip } from './chart-tip.tsx';
import type { Point } from './chart-tip.tsx';
import { durationMarks } from './duration-marks.ts';
import { useChartColour } from './use-chart-colour.ts';

export interface SpanPoint extends Point {
  /** Milliseconds; null where there are none. */
  readonly p50: number | null;
  readonly p95: number | null;
}

/** Two lines over time, told apart by their dashes as well. Decoration beside its table, which says the same. */
export function SpansChart({ points, axis }: { points: readonly SpanPoint[]; axis: (value: number) => string }) {
  const series = [
    { name: 'p50', color: useChartColour('brand') },
    { name: 'p95', color: useChartColour('odd'), strokeDasharray: '6 4' },
  ];
  const marks = durationMarks(Math.max(0, ...points.map(({ p95 }) => p95 ?? 0)));
  const ticks = new Map(points.map(({ key, tick }) => [key, tick]));
  return (
    <LineChart
      h={200}
      data={[...points]}
      dataKey="key"
      series={series}
      curveType="linear"
      connectNulls={false}
      dotProps={{ r: 2.5, strokeDasharray: 'none' }}
      accessibilityLayer={false}
      valueFormatter={axis}
      tickLine="none"
      gridColor="var(--tw-line)"
      textColor="var(--tw-soft)"
      xAxisProps={{ tickFormatter: (key: string) => ticks.get(key) ?? key, minTickGap: 18, interval: 'preserveStart' }}
      yAxisProps={{ width: 64, domain: [0, marks.at(-1) ?? 0], ticks: [...marks] }}
      lineProps={{ isAnimationActive: false }}
      tooltipProps={{ content: ChartTip }}
    />
  );
}
