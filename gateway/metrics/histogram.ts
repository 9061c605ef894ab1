import type { Labels, MetricFamily, Sample } from './metric-family.ts';

interface Series {
  readonly labels: Labels;
  /** How many fell into each bucket alone, and beyond the last. */
  readonly counts: number[];
  sum: number;
}

/** How long things took, by labels, in buckets. */
export class Histogram {
  readonly #series = new Map<string, Series>();
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];

  /** @param bounds upper ones of the buckets, growing, in the unit that the name ends in */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
  }

  observe(labels: Labels, value: number): void {
    const key = JSON.stringify(labels);
    const series = this.#series.get(key) ?? {
      labels,
      counts: Array.from({ length: this.#bounds.length + 1 }, () => 0),
      sum: 0,
    };
    const at = this.#bounds.findIndex((bound) => value <= bound);
    const bucket = at === -1 ? this.#bounds.length : at;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += value;
    this.#series.set(key, series);
  }

  family(): MetricFamily {
    const samples = [...this.#series.values()].flatMap((series) => this.#samples(series));
    return { name: this.#name, help: this.#help, type: 'histogram', samples };
  }

  #samples({ labels, counts, sum }: Series): Sample[] {
    let count = 0;
    const buckets = counts.map((own, n) => {
      count += own;
      const bound = this.#bounds[n];
      return {
        suffix: '_bucket',
        labels: { ...labels, le: bound === undefined ? '+Inf' : String(bound) },
        value: count,
      };
    });
    return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: count }];
  }
}
