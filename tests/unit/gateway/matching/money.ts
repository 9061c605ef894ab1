/** Orders and sightings that meet each other. Times are minutes after a fixed start. */
import type { Order, Payment } from '../../../../contract/order.ts';
import type { Sighting } from '../../../../gateway/matching/sighting.ts';

export const START = 1_800_000_000_000;
export const minute = (n: number): number => START + n * 60_000;
export const chain = 'eip155:1';
export const usdc = { chain, asset: 'erc20:0xa0', symbol: 'USDC', decimals: 6 };
export const usdt = { chain, asset: 'erc20:0xb0', symbol: 'USDT', decimals: 6 };
export const eth = { chain, asset: 'native', symbol: 'ETH', decimals: 18 };

/** Asks for 54 USDC at `0xorder-<id>` from minute 0 to 15, with a grace to 75. */
export function orderFor(id: string, more: Partial<Order> = {}): Order {
  return {
    ...{ id, store: 'main', source: 'direct', sourceRef: `s-${id}`, reference: `A-${id}` },
    ...{ price: { currency: 'USD', amount: '54.00' }, live: true, status: 'awaiting', verdict: 'wait' },
    pay: [{ ...usdc, address: `0xorder-${id}`, amount: '54000000' }],
    ...{ createdAt: minute(0), expiresAt: minute(15), graceUntil: minute(75), updatedAt: 0, updatedSeq: 1 },
    ...{ payments: [], received: [], refunds: [], flags: [], diagnosis: [], notes: [] },
    ...more,
  };
}

export function moneyOf(more: Partial<Sighting['payment']> = {}, at = 5): Sighting {
  const payment = {
    ...{ id: 'p1', ...usdc, amount: '54000000', txHash: '0xt1', from: '0xpayer', to: '0xwallet' },
    ...{ required: 2, witness: 'node' as const },
    ...more,
  };
  return { payment, seenAt: minute(at), confirmations: 0 };
}

export function paidWith(id: string, amount: string, more: Partial<Payment> = {}): Payment {
  return {
    ...{ id, ...usdc, amount, txHash: `0x${id}`, from: '0xpayer', to: '0xorder', required: 2, witness: 'node' },
    ...{ confirmations: null, state: 'seen', seenAt: minute(3) },
    ...more,
  };
}
