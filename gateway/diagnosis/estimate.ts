/** How long confirmations will take, as a range in which it is mostly over; no promise. Pure. */

export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Between these parts of all cases: one in ten is over sooner, one in ten later. */
const Z = 1.2816;

/**
 * Blocks come at random around their mean, so that the time of many of them follows a gamma distribution; its quantiles
 * by Wilson and Hilferty's approximation.
 * @param blocks how many are still to come, at least 1
 * @param blockMs median milliseconds between blocks
 */
export function waitFor(blocks: number, blockMs: number): Range {
  const quantile = (z: number): number => blocks * Math.max(0, 1 - 1 / (9 * blocks) + z / (3 * Math.sqrt(blocks))) ** 3;
  return { fromMs: Math.round(quantile(-Z) * blockMs), toMs: Math.round(quantile(Z) * blockMs) };
}

const units: readonly (readonly [ms: number, name: string])[] = [
  [1_000, 's'],
  [60_000, 'min'],
  [3_600_000, 'h'],
];

/** `about 2–6 min`, `about 20–45 s`, `about 1–2 h`; outwards rounded, never to nothing. */
export function rangeText({ fromMs, toMs }: Range): string {
  const [unitMs, name] = units.findLast(([ms]) => toMs >= 1.5 * ms) ?? [1_000, 's'];
  const to = Math.max(1, Math.ceil(toMs / unitMs));
  const from = Math.floor(fromMs / unitMs);
  if (from >= to) return `about ${to} ${name}`;
  return from === 0 ? `up to about ${to} ${name}` : `about ${from}–${to} ${name}`;
}

/** 1, 2, 3, 5, 8, 13 …: the next at or above a number, so that an estimate is not told anew with every block. */
export function coarse(blocks: number): number {
  let [low, high] = [1, 2];
  while (low < blocks) [low, high] = [high, low + high];
  return low;
}
