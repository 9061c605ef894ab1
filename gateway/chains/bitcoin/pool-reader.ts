/** More than this in a backlog is older than anybody waits for. */
const MOST_UNREAD = 20_000;

/** Which transactions of a pool were not read yet; those that came last are read first. Pure but for its memory. */
export class PoolReader {
  #known: ReadonlySet<string> = new Set();
  #unread: string[] = [];

  /** @param pool every transaction that is in the pool now */
  learn(pool: readonly string[]): void {
    const now = new Set(pool);
    const fresh = pool.filter((txid) => !this.#known.has(txid));
    this.#unread = [...fresh, ...this.#unread.filter((txid) => now.has(txid))].slice(0, MOST_UNREAD);
    this.#known = now;
  }

  /** The next to be read, at most so many. */
  take(most: number): string[] {
    return this.#unread.splice(0, most);
  }
}
