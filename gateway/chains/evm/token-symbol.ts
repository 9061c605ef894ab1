/** What a token contract calls itself. Anybody may write there what they like, so it is shown as a claim, and tamed. */
import { decodeAbiParameters, hexToString } from 'viem';
import type { Hex } from 'viem';

const MOST_CHARACTERS = 32;

/** What is shown of a token that claims nothing readable. */
export const NAMELESS = 'token';

/**
 * Reads the answer of `symbol()`: a string by EIP-20, 32 bytes by older contracts.
 * @returns null where it is neither
 */
export function symbolOfAnswer(answer: string): string | null {
  const hex = answer as Hex;
  if (/^0x[0-9a-f]{64}$/i.test(answer)) return hexToString(hex, { size: 32 });
  if (answer.length > 4_096) return null;
  try {
    return decodeAbiParameters([{ type: 'string' }], hex)[0];
  } catch {
    return null;
  }
}

/**
 * Visible characters alone, at most 32: none that turn the writing around, hide, or break a line.
 * @returns `token` where nothing is left
 */
export function tamedSymbol(claimed: string | null): string {
  const visible = (claimed ?? '')
    .normalize('NFKC')
    .replace(/[\p{C}\p{M}]/gu, '')
    .replace(/\p{Z}+/gu, ' ')
    .trim();
  // Half of a character beyond the basic plane is none.
  return (
    visible
      .slice(0, MOST_CHARACTERS)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trim() || NAMELESS
  );
}
