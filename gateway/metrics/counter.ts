import type { Labels, MetricFamily } from './metric-family.ts';

/** More combinations of labels than this are somebody's doing: further ones are counted together. */
const MOST_SERIES = 500;
const OTHERS = 'other';

/** Counts since the process began, by labels. */
export class Counter {
  readonly #series = new Map<string, { readonly labels: Labels; value: number }>();
  readonly #name: string;
  readonly #help: string;

  /** @param name ends in `_total` */
  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  add(labels: Labels, by = 1): void {
    const known = this.#series.get(JSON.stringify(labels));
    const crowded = !known && this.#series.size >= MOST_SERIES;
    const own = crowded ? Object.fromEntries(Object.keys(labels).map((label) => [label, OTHERS])) : labels;
    const key = JSON.stringify(own);
    const series = this.#series.get(key) ?? { labels: own, value: 0 };
    series.value += by;
    this.#series.set(key, series);
  }

  family(): MetricFamily {
    const samples = [...this.#series.values()].map(({ labels, value }) => ({ labels, value }));
    return { name: this.#name, help: this.#help, type: 'counter', samples };
  }
}
