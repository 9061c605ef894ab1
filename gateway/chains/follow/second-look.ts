/** So many blocks below the newest, a node has all that belongs to a block. */
const BELOW_BLOCKS = 4;
/** Looked at again in one go. */
const EVERY_BLOCKS = 16;
/** Further back than this nothing is looked at again. */
const MOST_BLOCKS = 512;

/** Which blocks are to be looked at a second time, and when. */
export class SecondLook {
  #done: number | undefined;

  /** @param top the newest block that was walked before the start: the last ones below it may lack their second look */
  begin(top: number): void {
    this.#done = top - BELOW_BLOCKS - EVERY_BLOCKS;
  }

  /** @param ancestor the highest block that a reorg left */
  reorged(ancestor: number): void {
    if (this.#done !== undefined) this.#done = Math.min(this.#done, ancestor);
  }

  /**
   * @param top the newest block
   * @returns the blocks to look at now, both included; null while they are few
   */
  next(top: number): { readonly from: number; readonly to: number } | null {
    const to = top - BELOW_BLOCKS;
    const done = (this.#done ??= to - EVERY_BLOCKS);
    return to - done < EVERY_BLOCKS ? null : { from: Math.max(0, done + 1, to - MOST_BLOCKS + 1), to };
  }

  did(to: number): void {
    this.#done = to;
  }
}
