/** Who signed a transaction, with which nonce, for payments whose own record does not say it. */
export interface Signed {
  /** Address in lower case. */
  readonly by: string;
  readonly nonce: number;
}

const MOST = 10_000;

/** Learnt from the pool and from look-ups; the oldest are forgotten first. */
export class Signers {
  readonly #signed = new Map<string, Signed>();

  learn(transaction: { readonly hash: string; readonly from: string; readonly nonce: number }): void {
    this.#signed.delete(transaction.hash);
    this.#signed.set(transaction.hash, { by: transaction.from, nonce: transaction.nonce });
    const oldest = this.#signed.keys().next().value;
    if (this.#signed.size > MOST && oldest !== undefined) this.#signed.delete(oldest);
  }

  of(hash: string): Signed | undefined {
    return this.#signed.get(hash);
  }
}
