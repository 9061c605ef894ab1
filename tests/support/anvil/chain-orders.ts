import { expect, vi } from 'vitest';
import type { OrderFact, PayOption } from '../../../contract/order.ts';
import type { MemoryLedger } from './memory-ledger.ts';
import { CHAIN } from './watcher-desk.ts';
import { PATIENCE } from '../patience.ts';

/** An order of 1000 base units on the test chain, paid in coins unless the option says otherwise. */
export function orderPaidBy(option: Partial<PayOption>, more: Partial<OrderFact> = {}): OrderFact {
  const now = Date.now();
  const coins = { chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, address: null, amount: '1000' };
  return {
    sourceRef: 'ref',
    reference: 'A-1',
    price: { currency: 'USD', amount: '1' },
    pay: [{ ...coins, ...option }],
    createdAt: now,
    expiresAt: now + 900_000,
    graceUntil: now + 4_500_000,
    live: true,
    ...more,
  };
}

/** Waits until an order's events are these, and no others. */
export async function story(ledger: MemoryLedger, order: string, expected: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(ledger.story(order)).toEqual(expected), { ...PATIENCE, interval: 20 });
}

/** A story without the counts on the way: blocks mined in one go may be seen at any of them. */
export function depths(story: readonly string[]): string[] {
  const counts = (event: string | undefined): boolean => event?.startsWith('payment.confirmations') ?? false;
  return story.filter((event, n) => !(counts(event) && counts(story[n + 1])));
}

/** As `story`, where several blocks are mined in one go. */
export async function storyAtDepth(ledger: MemoryLedger, order: string, expected: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(depths(ledger.story(order))).toEqual(depths(expected)), {
    timeout: 10_000,
    interval: 20,
  });
}
