/** Which object is asked about next. */

interface Look {
  /** Epoch milliseconds. */
  readonly due: number;
  /** Looks in a row that brought nothing. */
  readonly vain: number;
}

/** A look that is being taken. */
export interface Taken extends Look {
  /** Asked for before all others, whether open or not. */
  readonly urgent: boolean;
}

const FIRST: Look = { due: 0, vain: 0 };

/** When each object is looked at again, by the processor's own id of it. */
export class Looks {
  readonly #looks = new Map<string, Look>();
  /** Apart, because it is asked for before every question and there are few of them. */
  readonly #urgent = new Set<string>();

  /** Puts an object before all others. A request about it that is under way was sent too early to count. */
  hurry(ref: string): void {
    this.#looks.set(ref, FIRST);
    this.#urgent.add(ref);
  }

  /** Takes an object's turn. @returns what is to be handed to `answered` */
  take(ref: string): Taken {
    return { ...(this.#looks.get(ref) ?? FIRST), urgent: this.#urgent.delete(ref) };
  }

  /** @param again whether what was urgent stays so, because the question failed */
  answered(ref: string, taken: Taken, { vain, due, again }: { vain: boolean; due: number; again: boolean }): void {
    if (this.#urgent.has(ref)) return;
    this.#looks.set(ref, { due, vain: vain ? taken.vain + 1 : 0 });
    if (again && taken.urgent) this.#urgent.add(ref);
  }

  urgent(now: number): string | undefined {
    for (const ref of this.#urgent) if (this.isDue(ref, now)) return ref;
    return undefined;
  }

  isDue(ref: string, now: number): boolean {
    return (this.#looks.get(ref)?.due ?? 0) <= now;
  }

  /** Forgets what is neither open nor urgent. */
  keep(open: ReadonlySet<string>): void {
    for (const ref of this.#looks.keys()) if (!open.has(ref) && !this.#urgent.has(ref)) this.#looks.delete(ref);
  }
}
