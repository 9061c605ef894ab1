/** First sight creates the order, whichever sight that is; later ones complete it and never take knowledge back. */
import { isDeepStrictEqual } from 'node:util';
import type { Order, OrderFact, PayOption } from '../../contract/order.ts';
import { settledByProcessor } from '../../contract/settlement.ts';
import type { EventDraft, Report } from '../ledger.ts';

export interface MappedOrder {
  readonly fact: OrderFact;
  /** Fields the object did not carry and the mapping had to supply; they never overrule what is known. */
  readonly supplied: ReadonlySet<keyof OrderFact>;
  /** Whether `fact.pay` is every way to pay there is, or the one that the customer chose last. */
  readonly ways: 'all' | 'one';
}

/**
 * How much a sight may correct. An object that is paid or cancelled: `sealing`; in any other state that does not change
 * any more: `final`. A poll tells how it is now: `current`. Any other webhook tells how it began, whenever it arrives:
 * `first`.
 */
export type Authority = 'first' | 'current' | 'final' | 'sealing';

/** The envelope all drafts of one sight share. */
export type About = (occurred: number | null) => Pick<EventDraft, 'order' | 'source' | 'occurred' | 'sent'>;

/** @param occurred when the object came to be as it is, null where it does not say */
export function orderReport(
  id: string,
  mapped: MappedOrder,
  authority: Authority,
  { about, occurred }: { readonly about: About; readonly occurred: number | null },
): Report {
  return {
    order: id,
    decide(order) {
      if (!order) {
        const { provisional: _, ...fact } = mapped.fact;
        return [{ kind: 'order.created', ...about(mapped.fact.createdAt), data: { order: fact } }];
      }
      const changes = changesTo(order, mapped, authority);
      if (Object.keys(changes).length === 0) return [];
      return [{ kind: 'order.updated', ...about(occurred), data: { changes } }];
    },
  };
}

function isFinal(authority: Authority): boolean {
  return authority === 'final' || authority === 'sealing';
}

/** True once the processor said its last word on the order. */
function isSealed(order: Order): boolean {
  return order.ended?.as === 'cancelled' || order.payments.some(settledByProcessor);
}

/** What a sight adds: everything to a provisional order, else what is missing and what it has the authority to correct. */
function changesTo(order: Order, { fact, supplied, ways }: MappedOrder, authority: Authority): Partial<OrderFact> {
  const changes: Partial<OrderFact> = {};
  const corrects = isFinal(authority) || (authority === 'current' && !isSealed(order));
  const take = <K extends keyof OrderFact>(key: K, value: OrderFact[K]) => {
    if (value === undefined || isDeepStrictEqual(value, order[key])) return;
    if (order.provisional || order[key] === undefined || (corrects && !supplied.has(key))) changes[key] = value;
  };
  for (const key of FIELDS) take(key, fact[key]);
  // The order at hand never shows its customer, which is kept apart: told at most once more, by what seals it.
  if (order.provisional || (authority === 'sealing' && !isSealed(order))) take('customer', fact.customer);
  const pay = ways === 'all' ? allWays(order.pay, fact.pay, corrects) : quotes(order.pay, fact.pay, authority);
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

function allWays(known: readonly PayOption[], seen: readonly PayOption[], corrects: boolean): PayOption[] {
  return [...(seen.length > 0 && (corrects || known.length === 0) ? seen : known)];
}

/**
 * Quotes in several currencies stand beside each other, because a customer may have paid the one before last; the same
 * currency keeps its first quote until a poll knows better. The final quote stands alone.
 */
function quotes(known: readonly PayOption[], seen: readonly PayOption[], authority: Authority): PayOption[] {
  const [quote] = seen;
  if (!quote) return [...known];
  if (isFinal(authority)) return [quote];
  const before = known.find(({ chain, asset }) => chain === quote.chain && asset === quote.asset);
  if (!before) return [...known, quote];
  const after = authority === 'current' ? quote : { ...before, address: before.address ?? quote.address };
  return known.map((option) => (option === before ? after : option));
}
