import type { Spans, SpansOverTime } from './insights.ts';
import { SpanCount } from './span-count.ts';
import type { TimeGrid } from './time-grid.ts';

function spansOf(count: SpanCount): Spans {
  return { count: count.size, p50: count.percentile(0.5), p95: count.percentile(0.95) };
}

/** Durations of a range and of each of its buckets. */
export class SpansCount {
  readonly #all = new SpanCount();
  readonly #perBucket: readonly SpanCount[];

  constructor(buckets: number) {
    this.#perBucket = Array.from({ length: buckets }, () => new SpanCount());
  }

  count(span: number, bucket: number, by: 1 | -1): void {
    this.#all.count(span, by);
    this.#perBucket[bucket]?.count(span, by);
  }

  /** Readies what is read, in steps. Yields how many durations each took. */
  *settle(): Generator<number> {
    yield this.#all.settle();
    for (const count of this.#perBucket) yield count.settle();
  }

  read({ buckets }: TimeGrid): SpansOverTime {
    const perBucket = this.#perBucket.flatMap((count, n) => {
      const bucket = buckets[n];
      return bucket ? [{ bucket, ...spansOf(count) }] : [];
    });
    return { ...spansOf(this.#all), perBucket };
  }
}
