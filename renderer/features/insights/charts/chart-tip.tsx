import styles from './chart.module.css';

/** One point of a chart as it is told: exact words beside the rounded figure that is drawn. */
export interface Point {
  readonly key: string;
  /** Short, for the axis. */
  readonly tick: string;
  readonly name: string;
  readonly lines: readonly string[];
}

interface TipProps {
  readonly active?: boolean | undefined;
  readonly payload?: readonly { readonly payload?: unknown }[] | undefined;
}

function isPoint(value: unknown): value is Point {
  return typeof value === 'object' && value !== null && 'lines' in value && 'name' in value;
}

/** What stands beside the pointer. */
export function ChartTip({ active, payload }: TipProps) {
  const point = payload?.[0]?.payload;
  if (active !== true || !isPoint(point)) return null;
  return (
    <div className={styles.tip}>
      <strong>{point.name}</strong>
      {point.lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
