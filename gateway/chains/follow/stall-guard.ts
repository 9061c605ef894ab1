/** Knows how long a node has shown the same head. */
export class StallGuard {
  readonly #afterMs: number;
  #seen: { readonly node: object; readonly hash: string; readonly at: number } | undefined;

  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /** @returns for how many milliseconds the head has stood still, null while that is no longer than usual */
  since(node: object, hash: string, now: number): number | null {
    if (this.#seen?.node !== node || this.#seen.hash !== hash) this.#seen = { node, hash, at: now };
    const still = now - this.#seen.at;
    return still > this.#afterMs ? still : null;
  }
}
