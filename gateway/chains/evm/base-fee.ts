import type { EvmHeader } from './node.ts';

/**
 * What the next block asks per gas, from the block before it, in wei; null on chains without a base fee. Pure.
 * Source: EIP-1559; chains that changed its numbers differ by little.
 */
export function baseFeeAfter({ baseFee, gasLimit, gasUsed }: EvmHeader): bigint | null {
  const target = gasLimit / 2n;
  if (baseFee === null || target === 0n) return baseFee;
  if (gasUsed === target) return baseFee;
  const change = (baseFee * (gasUsed > target ? gasUsed - target : target - gasUsed)) / target / 8n;
  return gasUsed > target ? baseFee + (change > 0n ? change : 1n) : baseFee - change;
}
