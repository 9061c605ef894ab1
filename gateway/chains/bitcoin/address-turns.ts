/** Whose turn it is to be asked about, where there are more addresses than may be asked for at once. */
export class AddressTurns {
  readonly #askedAt = new Map<string, number>();
  #turn = 0;

  /**
   * Those that waited longest, of which the first of `awaited` come first.
   * @param awaited the newest first: an order that was just placed is the one most likely paid now
   */
  next(awaited: readonly string[], most: number): string[] {
    this.#turn += 1;
    const wanted = new Set(awaited);
    for (const address of this.#askedAt.keys()) if (!wanted.has(address)) this.#askedAt.delete(address);
    const chosen = [...wanted]
      .map((address) => ({ address, at: this.#askedAt.get(address) ?? -1 }))
      .sort((a, b) => a.at - b.at)
      .slice(0, most)
      .map(({ address }) => address);
    for (const address of chosen) this.#askedAt.set(address, this.#turn);
    return chosen;
  }
}
