import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MB = 1024 * 1024;

export interface MemoryReading {
  /** Megabytes of what is reachable, after a collection. */
  readonly heapMb: number;
  readonly externalMb: number;
  readonly rssMb: number;
  /** What keeps the event loop busy: sockets, servers, timers and whatever else, by kind. */
  readonly handles: Readonly<Record<string, number>>;
}

/** Collects all garbage and reads what is left. Blocks for some ten milliseconds. */
export function readMemory(): MemoryReading {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const handles: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  return { heapMb: heapUsed / MB, externalMb: external / MB, rssMb: rss / MB, handles };
}

/** Least squares: how much y grows for each x. Pure. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
}
