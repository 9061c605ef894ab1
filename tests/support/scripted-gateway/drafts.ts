/** Facts about pretend orders, as short as a test wants to write them. */
import type { Draft } from './scripted-gateway.ts';

const CREATED_AT = 1_790_000_000_000;

export function created(order: string, more: object = {}): Draft {
  const fact = {
    sourceRef: order,
    reference: `R-${order}`,
    price: { currency: 'USD', amount: '19.99' },
    pay: [{ chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, address: `0x${order}`, amount: '1000' }],
    createdAt: CREATED_AT,
    expiresAt: CREATED_AT + 900_000,
    graceUntil: CREATED_AT + 4_500_000,
    live: true,
    ...more,
  };
  return { order, kind: 'order.created', data: { order: fact } };
}

export function detected(order: string, id: string, amount = '1000'): Draft {
  const payment = {
    id,
    chain: 'eip155:1',
    asset: 'native',
    symbol: 'ETH',
    decimals: 18,
    amount,
    txHash: `0x${id}`,
    required: 3,
    witness: 'node',
  };
  return { order, kind: 'payment.detected', data: { payment } };
}

export function settled(order: string, paymentId: string): Draft {
  return { order, kind: 'payment.settled', data: { paymentId } };
}

export function noted(order: string, text: string): Draft {
  return { order, kind: 'note.added', data: { text } };
}
