/** Values that are forgotten after their time; old ones leave as new ones come, so that no timer is needed. */
export class ExpiringMap<T> {
  readonly #entries = new Map<string, { value: T; until: number }>();
  readonly #most: number;

  /** @param most how many are kept at once; beyond that the oldest go first */
  constructor(most: number) {
    this.#most = most;
  }

  set(key: string, value: T, until: number, now: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until });
    for (const [oldest, entry] of this.#entries) {
      if (entry.until > now && this.#entries.size <= this.#most) break;
      this.#entries.delete(oldest);
    }
  }

  get(key: string, now: number): T | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > now ? entry.value : undefined;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }
}
