import { ADDRESS_KEPT_MS } from './projection.ts';
import type { Tx } from './writer.ts';

/**
 * Which of some addresses belong to an order already, until 24 h after its grace.
 * @returns the indexes of those in use
 */
export async function addressesInUse(
  tx: Tx,
  places: readonly { chain: string; address: string }[],
  now: number,
): Promise<number[]> {
  const used: number[] = [];
  for (const [index, { chain, address }] of places.entries()) {
    const row = await tx.db
      .selectFrom('order_addresses')
      .innerJoin('orders', 'orders.n', 'order_addresses.order_n')
      .select('orders.id')
      .where('order_addresses.chain', '=', chain)
      .where('order_addresses.address', '=', address.toLowerCase())
      .where('orders.grace_until', '>', now - ADDRESS_KEPT_MS)
      .executeTakeFirst();
    if (row) used.push(index);
  }
  return used;
}
