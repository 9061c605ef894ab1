import styles from './sparkline.module.css';

const WIDTH = 240;
const HEIGHT = 44;
const EDGE = 3;

/** Points of a line that fills the box, oldest left; the scale starts at zero so that a flat line looks flat. */
export function sparkPoints(
  values: readonly number[],
  width: number,
  height: number,
): readonly (readonly [number, number])[] {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? (width - 2 * EDGE) / (values.length - 1) : 0;
  return values.map((value, n) => [EDGE + n * step, height - EDGE - (Math.max(0, value) / most) * (height - 2 * EDGE)]);
}

/** A small line of recent values; `label` says in words what it shows. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const points = sparkPoints(values, WIDTH, HEIGHT);
  const last = points.at(-1);
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMinYMid meet"
      role="img"
      aria-label={label}
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
      <polyline points={line} />
      {last ? <circle cx={last[0]} cy={last[1]} r="3" /> : null}
    </svg>
  );
}
