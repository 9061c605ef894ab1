/** Who waits for a look that a person asked for. */

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** Those who asked before a look began, and whom it therefore answers. */
export interface TakenRechecks {
  done(): void;
  /** @param note why it could not be looked, for people */
  failed(note: string): void;
  /** The look did not come about: the next one is for them. */
  again(): void;
}

const CLOSING = 'the gateway is closing';

export class WaitingRechecks {
  #waiting: Waiting[] = [];
  #closed = false;

  /** Resolves after the next look that begins from now on. @throws Error whose message is for people */
  wait(): Promise<void> {
    if (this.#closed) return Promise.reject(new Error(CLOSING));
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  take(): TakenRechecks {
    const taken = this.#waiting;
    this.#waiting = [];
    return {
      done: () => taken.forEach(({ resolve }) => resolve()),
      failed: (note) => taken.forEach(({ reject }) => reject(new Error(note))),
      again: () => void this.#waiting.unshift(...taken),
    };
  }

  /** Nobody looks any more. */
  close(): void {
    this.#closed = true;
    this.take().failed(CLOSING);
  }
}
