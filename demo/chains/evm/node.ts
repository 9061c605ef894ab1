/** One of a chain's nodes: it shows the chain as it is, or for a while something else. */
import { createChain } from './chain.ts';
import type { Chain } from './chain.ts';

export class PretendNode {
  readonly #chain: Chain;
  #instead: Chain | null = null;
  #stop: () => void = () => undefined;

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  get shown(): Chain {
    return this.#instead ?? this.#chain;
  }

  /** Its head stands still, though it answers. */
  freeze(): void {
    this.mend();
    this.#instead = this.#copy();
  }

  /**
   * It goes a way of its own from so many blocks ago on.
   * @param now epoch milliseconds
   */
  stray(depth: number, now: number): void {
    this.mend();
    const own = this.#copy();
    own.reorganise(depth, new Set(), now);
    this.#stop = this.#chain.listen({ onBlock: ({ timestamp }) => void own.mine(timestamp * 1000) });
    this.#instead = own;
  }

  mend(): void {
    this.#stop();
    this.#stop = () => undefined;
    this.#instead = null;
  }

  #copy(): Chain {
    return createChain(this.#chain.chainId, 0, this.#chain.state());
  }
}
