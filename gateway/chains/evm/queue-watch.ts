/** Transactions of one sender are mined in the order of their nonces: for so many blocks an earlier one may wait. */
const PATIENCE_BLOCKS = 3;
const MOST = 10_000;

/** Knows for how many blocks a transaction has waited for the same earlier one. */
export class QueueWatch {
  readonly #waits = new Map<string, { readonly next: number; readonly since: number }>();

  /**
   * @param next the nonce that the chain waits for
   * @param height the newest block
   * @returns true when that is longer than usual
   */
  isStuck(hash: string, next: number, height: number): boolean {
    const known = this.#waits.get(hash);
    const wait = known?.next === next ? known : { next, since: height };
    this.#waits.delete(hash);
    this.#waits.set(hash, wait);
    const oldest = this.#waits.keys().next().value;
    if (this.#waits.size > MOST && oldest !== undefined) this.#waits.delete(oldest);
    return height - wait.since >= PATIENCE_BLOCKS;
  }
}
