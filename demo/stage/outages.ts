/** Which of the pretend world's doors answer nobody for now. */

export type Door = 'processor' | 'chain';

export class Outages {
  readonly #out = new Set<Door>();

  isOut(door: Door): boolean {
    return this.#out.has(door);
  }

  begin(door: Door): void {
    this.#out.add(door);
  }

  end(door: Door): void {
    this.#out.delete(door);
  }
}
