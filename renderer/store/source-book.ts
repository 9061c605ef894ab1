import type { Order } from '../../contract/order.ts';

/** Where the orders held come from, kept up with every order that changes: nothing is looked through for it. */
export class SourceBook {
  readonly #counts = new Map<string, number>();
  #names: readonly string[] = [];

  /** In the order of their names; the same array while they are the same. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** An order that is new, changed or gone; undefined where there was, or is, none. */
  replace(before: Order | undefined, after: Order | undefined): void {
    if (before?.source === after?.source) return;
    if (before) this.#count(before.source, -1);
    if (after) this.#count(after.source, 1);
  }

  #count(source: string, by: 1 | -1): void {
    const held = this.#counts.get(source) ?? 0;
    if (held + by === 0) this.#counts.delete(source);
    else this.#counts.set(source, held + by);
    if (held === 0 || held + by === 0) this.#names = [...this.#counts.keys()].sort();
  }
}
