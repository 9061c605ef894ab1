/** Randomness from a seed: the same seed gives the same shop. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<T>(from: readonly T[]): T;
  /** Lower-case hex digits of so many bytes, without 0x. */
  hex(bytes: number): string;
  /** Shaped as a version 4 UUID. */
  uuid(): string;
}

/** Small fast counter generator (sfc32, public domain by Chris Doty-Humphrey), its state filled from the seed's text. */
export function seededRandom(seed: string): Random {
  const next = sfc32(...stateOf(seed));
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const hex = (bytes: number) =>
    Array.from({ length: bytes }, () => between(0, 255).toString(16).padStart(2, '0')).join('');
  return {
    next,
    between,
    hex,
    chance: (probability) => next() < probability,
    pick(from) {
      const index = between(0, from.length - 1);
      if (from.length === 0) throw new RangeError('nothing to pick from');
      return from[index] as (typeof from)[number];
    },
    uuid() {
      const digits = hex(16);
      const variant = '89ab'[between(0, 3)] ?? '8';
      return [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `${variant}${digits.slice(17, 20)}`,
        digits.slice(20, 32),
      ].join('-');
    },
  };
}

/** FNV-1a over the text, once per word with another offset. */
function stateOf(seed: string): [number, number, number, number] {
  const word = (offset: number) => {
    let hash = (0x811c9dc5 ^ offset) >>> 0;
    for (const character of seed) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return hash;
  };
  return [word(1), word(2), word(3), word(4)];
}

function sfc32(a: number, b: number, c: number, counter: number): () => number {
  let state = [a, b, c, counter] as [number, number, number, number];
  const next = () => {
    const [x, y, z, n] = state;
    const sum = (x + y + n) | 0;
    state = [y ^ (y >>> 9), (z + (z << 3)) | 0, (((z << 21) | (z >>> 11)) + sum) | 0, (n + 1) | 0];
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 16; warmUp += 1) next();
  return next;
}
