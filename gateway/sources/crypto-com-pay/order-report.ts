/** First sight creates the order, whichever sight that is; later ones complete it and never take knowledge back. */
import { isDeepStrictEqual } from 'node:util';
import type { Order, OrderFact, PayOption } from '../../../contract/order.ts';
import { settledByProcessor } from '../../../contract/settlement.ts';
import type { Report } from '../../ledger.ts';
import { mapOrder } from './order-fact.ts';
import type { MappedOrder } from './order-fact.ts';
import { about } from './sight.ts';
import type { PaymentSight } from './sight.ts';

/** @throws AmountError when the price is not what is documented */
export function orderReport(sight: PaymentSight): Report {
  const mapped = mapOrder(sight.payment, sight.options, sight.asOf);
  return {
    order: sight.order,
    decide(order) {
      if (!order) {
        const { provisional: _, ...fact } = mapped.fact;
        return [{ kind: 'order.created', ...about(sight, mapped.fact.createdAt), data: { order: fact } }];
      }
      const changes = changesTo(order, mapped, authorityOf(sight));
      if (Object.keys(changes).length === 0) return [];
      return [{ kind: 'order.updated', ...about(sight, sight.occurred), data: { changes } }];
    },
  };
}

/**
 * How much a sight may correct. A captured or cancelled payment does not change any more: `final`. A poll tells how a
 * pending one is now: `current`. A pending webhook tells how it began, whenever it arrives: `first`.
 */
type Authority = 'first' | 'current' | 'final';

function authorityOf({ payment, captured, occurred }: PaymentSight): Authority {
  if (captured || payment.status === 'cancelled') return 'final';
  return occurred === null ? 'current' : 'first';
}

/** True once the processor said its last word on the order. */
function isSealed(order: Order): boolean {
  return order.ended?.as === 'cancelled' || order.payments.some(settledByProcessor);
}

/** What a sight adds: everything to a provisional order, else what is missing and what it has the authority to correct. */
function changesTo(order: Order, { fact, supplied }: MappedOrder, authority: Authority): Partial<OrderFact> {
  const changes: Partial<OrderFact> = {};
  const corrects = authority === 'final' || (authority === 'current' && !isSealed(order));
  const take = <K extends keyof OrderFact>(key: K, value: OrderFact[K]) => {
    if (value === undefined || isDeepStrictEqual(value, order[key])) return;
    if (order.provisional || order[key] === undefined || (corrects && !supplied.has(key))) changes[key] = value;
  };
  for (const key of FIELDS) take(key, fact[key]);
  // The order at hand never shows its customer, which is kept apart: told at most once more, and never by a poll.
  if (order.provisional || (authority === 'final' && !isSealed(order))) take('customer', fact.customer);
  const pay = quotes(order.pay, fact.pay, authority);
  if (!isDeepStrictEqual(pay, order.pay)) changes.pay = pay;
  if (order.provisional) changes.provisional = false;
  return changes;
}

const FIELDS = [
  'reference',
  'price',
  'createdAt',
  'expiresAt',
  'graceUntil',
  'live',
  'method',
] as const satisfies readonly (keyof OrderFact)[];

/**
 * Quotes in several currencies stand beside each other, because a customer may have paid the one before last; the same
 * currency keeps its first quote until a poll knows better. The final quote stands alone.
 */
function quotes(known: readonly PayOption[], seen: readonly PayOption[], authority: Authority): PayOption[] {
  const [quote] = seen;
  if (!quote) return [...known];
  if (authority === 'final') return [quote];
  const before = known.find(({ chain, asset }) => chain === quote.chain && asset === quote.asset);
  if (!before) return [...known, quote];
  const after = authority === 'current' ? quote : { ...before, address: before.address ?? quote.address };
  return known.map((option) => (option === before ? after : option));
}
