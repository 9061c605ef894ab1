/** Which object is asked about next. */

interface Look {
  /** Epoch milliseconds. */
  readonly due: number;
  /** Looks in a row that brought nothing. */
  readonly vain: number;
  /** Asked for before all others, whether open or not. */
  readonly urgent: boolean;
}

const FIRST: Look = { due: 0, vain: 0, urgent: false };

/** When each object is looked at again, by the processor's own id of it. */
export class Looks {
  readonly #looks = new Map<string, Look>();

  /** Puts an object before all others. A request about it that is under way was sent too early to count. */
  hurry(ref: string): void {
    this.#looks.set(ref, { due: 0, vain: 0, urgent: true });
  }

  /** Takes an object's turn. @returns what is to be handed to `answered` */
  take(ref: string): Look {
    const look = this.#looks.get(ref) ?? FIRST;
    this.#looks.set(ref, { ...look, urgent: false });
    return look;
  }

  /** How often in a row a taken look will have been vain, should it be so now. */
  answered(ref: string, taken: Look, { vain, due, again }: { vain: boolean; due: number; again: boolean }): void {
    const meanwhile = this.#looks.get(ref);
    if (meanwhile?.urgent) return;
    this.#looks.set(ref, { due, vain: vain ? taken.vain + 1 : 0, urgent: again && taken.urgent });
  }

  urgent(now: number): string | undefined {
    return [...this.#looks].find(([, { urgent, due }]) => urgent && due <= now)?.[0];
  }

  isDue(ref: string, now: number): boolean {
    return (this.#looks.get(ref)?.due ?? 0) <= now;
  }

  /** Forgets what is neither open nor urgent. */
  keep(open: ReadonlySet<string>): void {
    for (const [ref, { urgent }] of this.#looks) if (!open.has(ref) && !urgent) this.#looks.delete(ref);
  }
}
