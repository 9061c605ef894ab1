/** An answer that stays good for a while; a failure is not kept. */
export class Kept<T> {
  readonly #forMs: number;
  #held: { readonly at: number; readonly value: T } | undefined;

  constructor(forMs: number) {
    this.#forMs = forMs;
  }

  /** @param now milliseconds that only ever grow */
  async get(now: number, ask: () => Promise<T>): Promise<T> {
    if (this.#held && now - this.#held.at < this.#forMs) return this.#held.value;
    const value = await ask();
    this.#held = { at: now, value };
    return value;
  }

  forget(): void {
    this.#held = undefined;
  }
}
