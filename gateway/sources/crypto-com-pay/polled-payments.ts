/**
 * Crypto.com Pay's REST interface, as the reconcile asks it: `GET /payments/{id}`, and, second-hand and therefore read
 * tolerantly, the list `GET /payments?page&per_page` and `GET /payments/{id}/refunds`.
 */
import { z } from 'zod';
import { addDecimals, compareDecimals } from '../../../contract/money.ts';
import type { Order } from '../../../contract/order.ts';
import type { Report } from '../../ledger.ts';
import { orderId } from '../../order-id.ts';
import { AmountError } from '../amount.ts';
import { lenient, numeral, wrongFields } from '../lossless-json.ts';
import { pageOf } from '../reconcile/processor-answer.ts';
import { createAsk } from '../reconcile/ask.ts';
import type { Ask } from '../reconcile/ask.ts';
import type { PollSettings } from '../reconcile/polling-options.ts';
import type { Failed, Listed, LookAnswer, PolledProcessor } from '../reconcile/processor-answer.ts';
import type { SourceContext } from '../source.ts';
import { priceOf } from './amount.ts';
import type { CryptoComPayOptions } from './options.ts';
import { polledReports } from './read.ts';
import { refundReports } from './refund-report.ts';
import { paymentObjectSchema, refundObjectSchema } from './schema.ts';
import type { PaymentObject } from './schema.ts';

const DEFAULT_API_BASE = 'https://pay.crypto.com/api';
const PER_PAGE = 50;

type Now = () => number;

export function createPolledPayments(
  options: CryptoComPayOptions,
  apiKey: string,
  settings: PollSettings,
  { clock }: Pick<SourceContext, 'clock'>,
): PolledProcessor {
  const ask = createAsk({
    apiBase: options.apiBase ?? DEFAULT_API_BASE,
    authorise: () => ({ authorization: `Bearer ${apiKey}` }),
    keySettings: 'apiKey',
    settings,
    clock,
  });
  const now: Now = () => clock.now();
  return {
    look: (ref, known, signal) => look(options, ask, ref, { known, now, signal }),
    async list(cursor, _since, signal) {
      const number = Number(cursor ?? 1);
      const answer = await ask(`/payments?page=${number}&per_page=${PER_PAGE}`, signal);
      if (answer.kind === 'failed')
        return answer.status !== undefined && refusals.has(answer.status) ? NO_LIST : answer;
      const page = answer.status === 404 ? null : pageSchema.safeParse(answer.value);
      if (!page?.success) return NO_LIST;
      return pageOf(page.data.items, (item) => listed(options, item, now()), nextOf(page.data, number));
    },
  };
}

const NO_LIST = { kind: 'no-list' } as const;
/** How an interface answers a request for what it does not offer, beside 404. */
const refusals: ReadonlySet<number> = new Set([400, 405, 406, 410, 422]);

const pageSchema = z.object({
  items: z.array(z.unknown()).max(1000),
  meta: lenient(z.object({ next_page: lenient(numeral) })),
});

/** Without the documented `meta`, a full page is taken to have a next one. */
function nextOf({ items, meta }: z.output<typeof pageSchema>, number: number): string | null {
  if (!meta) return items.length < PER_PAGE ? null : String(number + 1);
  const next = Number(meta.next_page ?? 0);
  return Number.isSafeInteger(next) && next > number ? String(next) : null;
}

interface Question {
  readonly known: Order | undefined;
  readonly now: Now;
  readonly signal: AbortSignal;
}

async function look(options: CryptoComPayOptions, ask: Ask, ref: string, question: Question): Promise<LookAnswer> {
  const { known, now, signal } = question;
  const answer = await ask(`/payments/${encodeURIComponent(ref)}`, signal);
  if (answer.kind === 'failed') return answer;
  if (answer.status === 404) return { kind: 'absent' };
  const parsed = paymentObjectSchema.safeParse(answer.value);
  if (!parsed.success) return unreadable(ref, wrongFields(parsed.error));
  const payment = parsed.data;
  if (payment.id !== ref) {
    return { kind: 'unreadable', note: `asked for payment ${ref}, but another came: a proxy, or a wrong apiBase` };
  }
  const reports = reportsOf(options, payment, now());
  if (!Array.isArray(reports)) return reports;
  const pending = known?.refunds.some(({ state }) => state === 'requested') === true;
  const refunds = pending || isRefunded(payment) ? await refundsOf(options, ask, ref, question) : [];
  return Array.isArray(refunds) ? { kind: 'learnt', reports: [...reports, ...refunds] } : refunds;
}

function unreadable(ref: string, why: string): { kind: 'unreadable'; note: string } {
  return { kind: 'unreadable', note: `payment ${ref} can't be read: ${why}` };
}

function reportsOf(options: CryptoComPayOptions, payment: PaymentObject, asOf: number) {
  try {
    return polledReports(options, payment, asOf);
  } catch (error) {
    if (error instanceof AmountError) return unreadable(payment.id, error.message);
    throw error;
  }
}

function isRefunded({ refunded, amount_refunded }: PaymentObject): boolean {
  return refunded === true || (amount_refunded !== undefined && /[1-9]/.test(amount_refunded));
}

/** Documented second-hand: where there is no such list, or it can't be read, refunds come by webhook alone. */
async function refundsOf(
  options: CryptoComPayOptions,
  ask: Ask,
  ref: string,
  { now, signal }: Question,
): Promise<Report[] | Failed> {
  const answer = await ask(`/payments/${encodeURIComponent(ref)}/refunds`, signal);
  if (answer.kind === 'failed') return answer.retryAfterMs === null ? [] : answer;
  if (answer.status === 404) return [];
  const list = z.union([z.array(z.unknown()), z.object({ items: z.array(z.unknown()) })]).safeParse(answer.value);
  const items = list.success ? (Array.isArray(list.data) ? list.data : list.data.items) : [];
  return items.flatMap((item) => refundReportsOf(options, ref, item, now()));
}

function refundReportsOf(options: CryptoComPayOptions, ref: string, item: unknown, asOf: number): Report[] {
  const parsed = refundObjectSchema.safeParse(item);
  if (!parsed.success || parsed.data.payment_id !== ref) return [];
  const refund = parsed.data;
  const order = orderId(options.store, options.id, ref);
  const completed = refund.status === 'succeeded';
  try {
    return refundReports({ options, order, occurred: null, sent: null, asOf, refund, completed });
  } catch (error) {
    if (error instanceof AmountError) return [];
    throw error;
  }
}

/** What the list can't be trusted to tell, a look does: it is documented, the list's items are not. */
function listed(options: CryptoComPayOptions, item: unknown, asOf: number): Listed[] {
  const parsed = paymentObjectSchema.safeParse(item);
  if (!parsed.success) return [];
  const payment = parsed.data;
  const reports = reportsOf(options, payment, asOf);
  if (!Array.isArray(reports)) return [];
  const wantsLook = (order: Order | undefined) => isRefunded(payment) && !knowsRefunds(order, payment);
  return [{ ref: payment.id, createdAt: payment.created ?? null, reports, wantsLook, complete: false }];
}

/** True when all that the payment says went back is known of. */
function knowsRefunds(order: Order | undefined, { amount_refunded, currency }: PaymentObject): boolean {
  if (!order || order.refunds.length === 0 || order.status === 'refunding') return false;
  const told = amount_refunded === undefined ? '0' : priceOf(currency.toUpperCase(), amount_refunded).amount;
  return compareDecimals(addDecimals(order.refunds.map(({ amount }) => amount)), told) >= 0;
}
