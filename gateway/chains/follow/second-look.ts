/** So many blocks below the newest, a node has all that belongs to a block. */
const BELOW_BLOCKS = 4;
/** Looked at again in one go. */
const EVERY_BLOCKS = 16;
/** What was walked long after it was made needs no second look. */
const MOST_BLOCKS = 64;

/** Which blocks are to be looked at a second time, and when. */
export class SecondLook {
  #done: number | undefined;

  /**
   * @param top the newest block
   * @returns the blocks to look at now, both included; null while they are few
   */
  next(top: number): { readonly from: number; readonly to: number } | null {
    const to = top - BELOW_BLOCKS;
    const done = Math.min(to, (this.#done ??= to - EVERY_BLOCKS));
    this.#done = done;
    return to - done < EVERY_BLOCKS ? null : { from: Math.max(0, done + 1, to - MOST_BLOCKS + 1), to };
  }

  did(to: number): void {
    this.#done = to;
  }
}
