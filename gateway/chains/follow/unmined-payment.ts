import type { Payment } from '../../../contract/order.ts';

/**
 * True for a payment that no block holds, as far as is known, and that may still get into one, or lose its place to
 * another. A settled payment without a block is a processor's, which took it as paid before a node saw it mined. Pure.
 */
export function isUnmined({ block, state }: Pick<Payment, 'block' | 'state'>): boolean {
  switch (state) {
    case 'seen':
    case 'confirming':
    case 'settled':
      return block === undefined;
    case 'reorged':
    case 'dropped':
      return true;
    case 'replaced':
    case 'reverted':
      return false;
    default:
      return state satisfies never;
  }
}
