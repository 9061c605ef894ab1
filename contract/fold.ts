/**
 * Events → orders. One pure function for the gateway's projection, the desk's store and a case's replay: it reads no
 * clock, is total on valid events, and idempotent, because an order skips what is not newer than its `updatedSeq`.
 */
import { knownEvent } from './events.ts';
import type { Event, KnownEvent } from './events.ts';
import { NAMED_TRANSACTIONS_MOST, chainFlags, moneyFlags } from './order.ts';
import type { Flag, Order, OrderFact, Payment, Refund } from './order.ts';
import { settlementOf } from './settlement.ts';
import { withWord, wordsOf } from './words.ts';

type Of<K extends KnownEvent['kind']> = Extract<KnownEvent, { kind: K }>;

/**
 * The order after an event.
 * @param order the order before, undefined where none is known yet
 * @returns the order after; the same object when the event says nothing new of it; undefined when there is still none,
 *   because the event is not about an order or its creation was never seen
 * @throws z.ZodError when a known kind carries data that does not fit
 */
export function fold(order: Order | undefined, event: Event): Order | undefined {
  if (event.order === null || (order && event.seq <= order.updatedSeq)) return order;
  const known = knownEvent(event);
  if (!known) return order && touched(order, event);
  const base = order ?? (known.kind === 'order.created' ? created(known) : undefined);
  if (!base) return undefined;
  const after = applied(base, known);
  // What no fact of money or time changed means what it meant before.
  return touched(order && isAlike(order, after) ? after : derived(after, known), event);
}

/** Folds many events over many orders; the map given is left as it is. */
export function foldAll(orders: ReadonlyMap<string, Order>, events: Iterable<Event>): Map<string, Order> {
  const after = new Map(orders);
  for (const event of events) {
    if (event.order === null) continue;
    const order = fold(after.get(event.order), event);
    if (order) after.set(event.order, order);
  }
  return after;
}

function touched(order: Order, event: Event): Order {
  const { received } = event.at;
  // Only webhooks are raw deliveries of an order's own source.
  const webhook = event.raw !== undefined && event.source === order.source;
  return {
    ...order,
    updatedSeq: event.seq,
    updatedAt: Math.max(order.updatedAt, received),
    ...(webhook && { webhookAt: Math.max(order.webhookAt ?? 0, received) }),
  };
}

/** When an event happened, as well as anyone knows. */
function timeOf(event: Pick<Event, 'at'>): number {
  return event.at.occurred ?? event.at.received;
}

function created(event: Of<'order.created'>): Order {
  return {
    ...event.data.order,
    id: event.order ?? '',
    store: event.store,
    source: event.source,
    status: 'awaiting',
    payments: [],
    received: [],
    refunds: [],
    flags: [],
    verdict: event.data.order.live ? 'wait' : 'test',
    diagnosis: [],
    notes: [],
    updatedAt: event.at.received,
    updatedSeq: 0,
  };
}

/** True where all is the same that status, received and money flags follow from. */
function isAlike(before: Order, after: Order): boolean {
  return (
    before.payments === after.payments &&
    before.refunds === after.refunds &&
    before.pay === after.pay &&
    before.price === after.price &&
    before.ended === after.ended &&
    before.expiresAt === after.expiresAt &&
    before.graceUntil === after.graceUntil
  );
}

/** Status, received and money flags follow from the facts, whichever fact came. */
function derived(order: Order, event: KnownEvent): Order {
  const settlement = settlementOf(order);
  if (settlement.status === 'paid') return { ...order, ...settlement, paidAt: order.paidAt ?? timeOf(event) };
  const keepsPaidAt = settlement.status === 'refunding' || settlement.status === 'refunded';
  if (keepsPaidAt || order.paidAt === undefined) return { ...order, ...settlement };
  const { paidAt: _, ...unpaid } = order;
  return { ...unpaid, ...settlement };
}

function applied(order: Order, event: KnownEvent): Order {
  switch (event.kind) {
    case 'order.created':
      return order.updatedSeq === 0 ? order : changed(order, event.data.order);
    case 'order.updated':
      return changed(order, event.data.changes);
    case 'order.expired':
    case 'order.cancelled':
    case 'order.failed':
      return { ...order, ended: { as: endings[event.kind], at: timeOf(event) } };
    case 'payment.detected':
      return { ...order, payments: detected(order, event) };
    case 'payment.confirmations':
    case 'payment.settled':
    case 'payment.replaced':
    case 'payment.dropped':
    case 'payment.reverted':
    case 'payment.reorged':
      return { ...order, payments: order.payments.map((payment) => paymentAfter(payment, event, order.source)) };
    case 'refund.requested':
    case 'refund.completed':
      return { ...order, refunds: refunded(order.refunds, event) };
    case 'refund.failed':
      return {
        ...order,
        refunds: order.refunds.filter(({ id, state }) => id !== event.data.refundId || state === 'completed'),
      };
    case 'diagnosis.changed':
      return { ...order, diagnosis: event.data.findings, flags: withChainFlags(order.flags, event.data.flags) };
    case 'verdict.changed':
      return judged(order, event);
    default:
      return caseAfter(order, event);
  }
}

const endings = { 'order.expired': 'expired', 'order.cancelled': 'cancelled', 'order.failed': 'failed' } as const;

/** Kinds that people's work on a case makes, and those that are no word on the order itself. */
type CaseKind =
  | 'note.added'
  | 'case.claimed'
  | 'case.unclaimed'
  | 'case.resolved'
  | 'order.released'
  | 'customer.erased'
  | 'transaction.named'
  | 'payment.unmatched'
  | 'payment.attached'
  | 'payment.dismissed'
  | 'payment.vanished'
  | 'webhook.heard'
  | 'source.state';

function caseAfter(order: Order, event: Of<CaseKind>): Order {
  switch (event.kind) {
    case 'note.added': {
      const note = { text: event.data.text, at: event.at.received, ...(event.actor && { actor: event.actor }) };
      return { ...order, notes: [...order.notes, note] };
    }
    case 'case.claimed':
      return event.actor ? { ...withoutHolder(order), claimedBy: event.actor } : order;
    case 'case.unclaimed':
      return left(order, event);
    case 'case.resolved':
      return { ...order, resolvedAt: event.at.received };
    case 'order.released':
      return { ...order, releasedAt: event.at.received };
    case 'customer.erased': {
      const { customer: _, ...erased } = order;
      return { ...erased, customerErasedAt: event.at.received };
    }
    case 'transaction.named':
      return named(order, event);
    case 'payment.unmatched':
    case 'payment.attached':
    case 'payment.dismissed':
    case 'payment.vanished':
    case 'webhook.heard':
    case 'source.state':
      return order;
    default:
      return event satisfies never;
  }
}

function withoutHolder({ claimedBy: _, handedTo: __, ...order }: Order): Order {
  return order;
}

function left(order: Order, { data: { to }, at, actor }: Of<'case.unclaimed'>): Order {
  const unclaimed = withoutHolder(order);
  return to === undefined
    ? unclaimed
    : { ...unclaimed, handedTo: { name: to, at: at.received, ...(actor && { by: actor }) } };
}

function named(order: Order, event: Of<'transaction.named'>): Order {
  const held = order.namedTransactions ?? [];
  const { chain, txHash } = event.data;
  const known = held.some((each) => each.txHash === txHash && each.chain === chain);
  if (known || held.length >= NAMED_TRANSACTIONS_MOST) return order;
  const transaction = { chain, txHash, at: event.at.received, ...(event.actor && { by: event.actor }) };
  return { ...order, namedTransactions: [...held, transaction] };
}

function changed(order: Order, changes: Of<'order.updated'>['data']['changes']): Order {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const after: Order = { ...order, ...(given as Partial<OrderFact>) };
  return after.live ? (order.live ? after : { ...after, verdict: 'wait' }) : { ...after, verdict: 'test' };
}

function judged(order: Order, event: Of<'verdict.changed'>): Order {
  const { verdict, rule, reason } = event.data;
  const verdictRule = (reason ? `${rule}: ${reason}` : rule).slice(0, 512);
  return { ...order, verdict: order.live ? verdict : 'test', verdictRule };
}

function withChainFlags(flags: readonly Flag[], given: readonly Flag[]): Flag[] {
  const money = flags.filter((flag) => (moneyFlags as readonly Flag[]).includes(flag));
  return [...money, ...chainFlags.filter((flag) => given.includes(flag))];
}

const revivable: ReadonlySet<Payment['state']> = new Set(['replaced', 'dropped', 'reorged']);

/**
 * First sight adds a payment; a later sight completes what is known of it and revives what had vanished. The earliest
 * time counts, whichever sight arrives first, so that money in time is not called late. What the order's own source saw
 * vanish and sees again, it has to settle again: its old word does not stand for the new sight.
 */
function detected({ payments, source }: Order, event: Of<'payment.detected'>): Payment[] {
  const fact = event.data.payment;
  const seenAt = timeOf(event);
  const known = payments.find(({ id }) => id === fact.id);
  if (!known) {
    const words = {};
    return [...payments, withWord({ ...fact, confirmations: null, state: 'seen', seenAt, words }, event, source)];
  }
  const { replacedBy: _, settledBy, ...kept } = known;
  const word = settledBy && event.source !== source ? { settledBy } : {};
  const revived: Payment = { ...kept, ...word, state: 'seen', confirmations: null };
  const current = revivable.has(known.state) ? revived : known;
  const merged: Payment = { ...current, ...fact, words: wordsOf(known), seenAt: Math.min(known.seenAt, seenAt) };
  return payments.map((payment) => (payment === known ? withWord(merged, event, source) : payment));
}

type PaymentEvent = Of<
  | 'payment.confirmations'
  | 'payment.settled'
  | 'payment.replaced'
  | 'payment.dropped'
  | 'payment.reverted'
  | 'payment.reorged'
>;

function paymentAfter(payment: Payment, event: PaymentEvent, orderSource: string): Payment {
  if (payment.id !== event.data.paymentId) return payment;
  return withWord(stateAfter({ ...payment, words: wordsOf(payment) }, event, orderSource), event, orderSource);
}

function stateAfter(payment: Payment, event: PaymentEvent, orderSource: string): Payment {
  switch (event.kind) {
    case 'payment.confirmations': {
      const { confirmations, required, block } = event.data;
      const state = payment.state === 'settled' ? 'settled' : 'confirming';
      return { ...payment, confirmations, required, block, state };
    }
    case 'payment.settled':
      return { ...payment, state: 'settled', settledBy: settledBy(payment, event.source === orderSource) };
    case 'payment.replaced':
      return { ...unmined(payment), state: 'replaced', replacedBy: event.data.byTxHash };
    case 'payment.dropped':
      return { ...unmined(payment), state: 'dropped' };
    case 'payment.reverted':
      return { ...payment, state: 'reverted', ...(event.data.block && { block: event.data.block }) };
    case 'payment.reorged':
      return { ...unmined(payment), state: 'reorged' };
    default:
      return event satisfies never;
  }
}

/** An order's source that settles is its processor; what only the chain settled is a node's word. */
function settledBy(payment: Payment, bySource: boolean): 'processor' | 'node' {
  return bySource || payment.settledBy === 'processor' ? 'processor' : 'node';
}

function unmined(payment: Payment): Payment {
  const { block: _, ...rest } = payment;
  return { ...rest, confirmations: null };
}

function refunded(refunds: readonly Refund[], event: Of<'refund.requested' | 'refund.completed'>): Refund[] {
  const { refundId, amount, currency } = event.data;
  const known = refunds.find(({ id }) => id === refundId);
  const state = event.kind === 'refund.completed' || known?.state === 'completed' ? 'completed' : 'requested';
  const refund: Refund = { id: refundId, amount, currency, state };
  return known ? refunds.map((each) => (each === known ? refund : each)) : [...refunds, refund];
}
