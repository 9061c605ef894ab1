/** When which order is to be looked at again because time alone may change what is found of it. */

export interface Appointment {
  readonly store: string;
  readonly order: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A heap by time: to learn that nothing is due costs the same however many orders wait. */
export class Agenda {
  /** The earliest moment of each order; an appointment that is not in it has been overtaken by an earlier one. */
  readonly #earliest = new Map<string, number>();
  readonly #heap: Appointment[] = [];

  /** Orders that are waiting. */
  get size(): number {
    return this.#earliest.size;
  }

  /** An earlier appointment of the same order stands: to look once too often is harmless. */
  plan(appointment: Appointment): void {
    const key = keyOf(appointment);
    if (appointment.at >= (this.#earliest.get(key) ?? Infinity)) return;
    this.#earliest.set(key, appointment.at);
    this.#heap.push(appointment);
    this.#rise(this.#heap.length - 1);
  }

  /** Takes what is due, the earliest first. */
  take(now: number): Appointment[] {
    const due: Appointment[] = [];
    for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
      this.#removeFirst();
      if (this.#earliest.get(keyOf(first)) !== first.at) continue;
      this.#earliest.delete(keyOf(first));
      due.push(first);
    }
    return due;
  }

  #rise(from: number): void {
    for (let child = from, parent = (child - 1) >> 1; child > 0; child = parent, parent = (child - 1) >> 1) {
      if (this.#at(parent) <= this.#at(child)) return;
      this.#swap(parent, child);
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const child = this.#at(right) < this.#at(left) ? right : left;
      if (this.#at(parent) <= this.#at(child)) return;
      this.#swap(parent, child);
      parent = child;
    }
  }

  #at(index: number): number {
    return this.#heap[index]?.at ?? Infinity;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (!first || !second) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}

function keyOf({ store, order }: Appointment): string {
  return `${store} ${order}`;
}
