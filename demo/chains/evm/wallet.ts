import type { Random } from '../../clock/random.ts';

/** The address of a wallet that was never used before. */
export function wallet(random: Random): `0x${string}` {
  return `0x${random.hex(20)}`;
}
