/** The columns of an exported order: everything a desk holds of it. Amounts are exact, times carry the store's offset. */
import { formatUnits } from '../../../../contract/money.ts';
import type { Order, Received } from '../../../../contract/order.ts';
import { takenAt } from '../../../store/taken-at.ts';
import { textCell } from './csv-cell.ts';
import type { ZonedText } from './zoned-text.ts';

type Cell = string;
type Column = readonly [name: string, cell: (order: Order, zoned: ZonedText) => Cell];

/** Parts of one cell; what each says is guarded like any other text. */
function list(parts: readonly string[]): Cell {
  return textCell(parts.join('; '));
}

/**
 * With its symbol, so that a spreadsheet keeps every digit: it would round a bare number to fifteen. In base units where
 * nobody knows the decimals.
 */
function cryptoAmount({ amount, decimals, symbol, chain }: Omit<Received, 'asset'>): string {
  const exact = decimals === null ? `${amount} base units of` : formatUnits(BigInt(amount), decimals);
  return `${exact} ${symbol}${chain === null ? '' : ` on ${chain}`}`;
}

const text = (of: (order: Order) => string | undefined) => (order: Order) => textCell(of(order) ?? '');
const time = (of: (order: Order) => number | null | undefined) => (order: Order, zoned: ZonedText) => {
  const at = of(order);
  return at === null || at === undefined ? '' : textCell(zoned.time(order.store, at));
};
const day = (of: (order: Order) => number | null) => (order: Order, zoned: ZonedText) => {
  const at = of(order);
  return at === null ? '' : textCell(zoned.day(order.store, at));
};
const yesNo = (is: boolean) => (is ? 'yes' : 'no');

const identity: readonly Column[] = [
  ['store', text(({ store }) => store)],
  ['order_id', text(({ id }) => id)],
  ['reference', text(({ reference }) => reference)],
  ['source', text(({ source }) => source)],
  ['source_reference', text(({ sourceRef }) => sourceRef)],
  ['method', text(({ method }) => method)],
  ['live', ({ live }) => yesNo(live)],
  ['provisional', ({ provisional }) => yesNo(provisional === true)],
];

const standing: readonly Column[] = [
  ['status', text(({ status }) => status)],
  ['ended_as', text(({ ended }) => ended?.as)],
  ['ended_at', time(({ ended }) => ended?.at)],
  ['verdict', text(({ verdict }) => verdict)],
  ['verdict_rule', text(({ verdictRule }) => verdictRule)],
  ['flags', ({ flags }) => list(flags)],
  ['findings', ({ diagnosis }) => list(diagnosis.map(({ code, severity }) => `${code} (${severity})`))],
];

const times: readonly Column[] = [
  ['created_at', time(({ createdAt }) => createdAt)],
  ['created_day', day(({ createdAt }) => createdAt)],
  ['expires_at', time(({ expiresAt }) => expiresAt)],
  ['grace_until', time(({ graceUntil }) => graceUntil)],
  ['paid_at', time(({ paidAt }) => paidAt)],
  ['taken_day', day(takenAt)],
  ['released_at', time(({ releasedAt }) => releasedAt)],
  ['resolved_at', time(({ resolvedAt }) => resolvedAt)],
  ['webhook_at', time(({ webhookAt }) => webhookAt)],
  ['updated_at', time(({ updatedAt }) => updatedAt)],
  ['customer_erased_at', time(({ customerErasedAt }) => customerErasedAt)],
];

const money: readonly Column[] = [
  // A decimal amount holds digits and a point alone: the contract's schema has seen to it.
  ['price', ({ price }) => price.amount],
  ['currency', text(({ price }) => price.currency)],
  ['price_unit', ({ price }) => textCell(price.decimals === null ? 'smallest' : 'major')],
  ['due', ({ pay }) => list(pay.map(cryptoAmount))],
  ['pay_to', ({ pay }) => list(pay.map(({ address }) => address ?? ''))],
  ['received', ({ received }) => list(received.map(cryptoAmount))],
  ['payments', ({ payments }) => list(payments.map((each) => `${cryptoAmount(each)} ${each.state}`))],
  ['payment_witnesses', ({ payments }) => list(payments.map(({ witness }) => witness))],
  ['transactions', ({ payments }) => list(payments.map(({ txHash }) => txHash ?? ''))],
  ['refunds', ({ refunds }) => list(refunds.map((each) => `${each.amount} ${each.currency} ${each.state} ${each.id}`))],
];

const people: readonly Column[] = [
  ['customer_name', text(({ customer }) => customer?.name)],
  ['customer_email', text(({ customer }) => customer?.email)],
  ['customer_metadata', text(({ customer }) => (customer?.metadata ? JSON.stringify(customer.metadata) : undefined))],
  ['claimed_by', text(({ claimedBy }) => claimedBy?.name)],
  ['notes', ({ notes }) => textCell(notes.map((note) => `${note.actor?.name ?? ''}: ${note.text}`).join('\n'))],
  ['named_transactions', ({ namedTransactions: named }) => list((named ?? []).map(({ txHash }) => txHash))],
  ['last_event', ({ updatedSeq }) => updatedSeq.toString()],
];

export const orderColumns: readonly Column[] = [...identity, ...standing, ...times, ...money, ...people];
