/** What no event of ours holds, whatever its kind [DL7]. Pure. */

const SIZE_MOST = 128 * 1024;
const DEPTH_MOST = 24;

/**
 * Looks for what could do harm further on: keys that reach into prototypes, numbers that are none or lose digits, data
 * that is too large or too deep.
 * @returns what is wrong in a few words, null when nothing is
 */
export function unsoundness(value: unknown): string | null {
  const budget = { left: SIZE_MOST };
  return flaw(value, 0, budget);
}

function flaw(value: unknown, depth: number, budget: { left: number }): string | null {
  budget.left -= typeof value === 'string' ? value.length + 2 : 8;
  if (budget.left < 0) return 'too large';
  if (typeof value === 'number') return numberFlaw(value);
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= DEPTH_MOST) return 'too deep';
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'a reserved key';
    budget.left -= key.length;
    const found = flaw((value as Record<string, unknown>)[key], depth + 1, budget);
    if (found !== null) return found;
  }
  return null;
}

function numberFlaw(value: number): string | null {
  if (!Number.isFinite(value)) return 'not a number';
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? 'a number above 2^53' : null;
}
