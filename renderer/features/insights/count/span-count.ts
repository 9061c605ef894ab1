/**
 * A duration as finely as people read it, in milliseconds: tenths of a second below a minute, then seconds. So few are
 * different that their percentiles stay cheap.
 */
export function resolved(span: number): number {
  const step = span < 60_000 ? 100 : 1000;
  return Math.floor(span / step) * step;
}

/** Durations in milliseconds, each counted and uncounted alike, and the percentiles of those that are there. */
export class SpanCount {
  readonly #counts = new Map<number, number>();
  #sorted: readonly (readonly [span: number, count: number])[] | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param by 1 to count a duration, −1 to count it no more */
  count(span: number, by: 1 | -1): void {
    const key = resolved(span);
    const count = (this.#counts.get(key) ?? 0) + by;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
    this.#size += by;
    this.#sorted = null;
  }

  /** Puts in order what came since the last time. @returns how many durations that took */
  settle(): number {
    if (this.#sorted) return 0;
    this.#sorted = [...this.#counts].sort(([a], [b]) => a - b);
    return this.#sorted.length;
  }

  /**
   * The least duration that at least such a share of all do not exceed (nearest rank), so that it is one of them.
   * @param share above 0, at most 1
   * @returns null where there is none
   */
  percentile(share: number): number | null {
    this.settle();
    let rank = Math.ceil(share * this.#size);
    for (const [span, count] of this.#sorted ?? []) {
      rank -= count;
      if (rank <= 0) return span;
    }
    return null;
  }
}
