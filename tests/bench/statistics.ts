/** What is made of many measurements. Pure. */

/** A figure measured several times. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The value below which a share of all lies, by linear interpolation between the two nearest.
 * @param share 0 to 1
 * @throws RangeError for no values, and for a share outside
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('a quantile needs at least one value');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share lies between 0 and 1, not at ${share}`);
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** @throws RangeError for no values */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) };
}

/**
 * The ratio of each pair measured side by side: what disturbs the machine for a while disturbs both of a pair.
 * @throws RangeError when there are not as many of the one as of the other
 */
export function ratios(ours: readonly number[], anchor: readonly number[]): number[] {
  if (ours.length !== anchor.length) throw new RangeError('ratios are taken of pairs');
  return ours.map((value, n) => value / (anchor[n] ?? Number.NaN));
}

/** Times counted in buckets of equal width from 0 on. @returns how many are in the fullest; 0 for no times */
export function mostInBuckets(times: readonly number[], width: number): number {
  const buckets = new Map<number, number>();
  for (const time of times) {
    const bucket = Math.floor(time / width);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }
  return Math.max(0, ...buckets.values());
}
