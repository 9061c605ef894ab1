/** Enough for a steady median, few enough to follow a chain that changes its pace. */
const KEPT = 33;

/** How fast a chain makes blocks, by their own times. */
export class BlockTimes {
  #times: { readonly number: number; readonly at: number }[] = [];

  learn(blocks: readonly { readonly number: number; readonly at: number }[]): void {
    const first = blocks[0]?.number ?? 0;
    const kept = this.#times.filter(({ number }) => number < first);
    this.#times = [...kept, ...blocks.map(({ number, at }) => ({ number, at }))].slice(-KEPT);
  }

  /** Median milliseconds between blocks, the mean where several share a second; null until enough were seen, or where the chain's own clock stands. */
  get betweenMs(): number | null {
    const gaps = this.#times.slice(1).map(({ at }, n) => Math.max(0, at - (this.#times[n]?.at ?? at)));
    if (gaps.length < 3) return null;
    const median = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
    const between = median > 0 ? median : Math.round(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length);
    return between > 0 ? between : null;
  }
}
