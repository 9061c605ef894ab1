/** BTCPay Server's Greenfield API as the reconcile asks it: an invoice with its payment methods, and the store's list. */
import { z } from 'zod';
import type { Order } from '../../../contract/order.ts';
import { coveredAt } from '../../../contract/settlement.ts';
import { AmountError } from '../amount.ts';
import { wrongFields } from '../lossless-json.ts';
import { hasSettled } from '../processor-word.ts';
import { createAsk } from '../reconcile/ask.ts';
import type { Ask } from '../reconcile/ask.ts';
import type { PollSettings } from '../reconcile/polling-options.ts';
import { missingList, pageOf, unreadableList } from '../reconcile/processor-answer.ts';
import type { Listed, LookAnswer, PolledProcessor, Unreadable } from '../reconcile/processor-answer.ts';
import type { SourceContext } from '../source.ts';
import { invoiceReports } from './invoice-reports.ts';
import type { BtcPayOptions } from './options.ts';
import { invoiceSchema, methodsSchema } from './schema.ts';
import type { InvoiceObject, MethodObject } from './schema.ts';

const PER_PAGE = 50;

export function createPolledInvoices(
  options: BtcPayOptions,
  settings: PollSettings,
  { clock }: Pick<SourceContext, 'clock'>,
): PolledProcessor {
  const ask = createAsk({
    apiBase: `${options.apiBase.replace(/\/+$/, '')}/api/v1/stores/${encodeURIComponent(options.storeId)}`,
    authorise: () => ({ authorization: `token ${options.apiKey}` }),
    keySettings: 'apiKey',
    settings,
    clock,
  });
  return {
    look: async (ref, _known, signal) => {
      const askedAt = clock.now();
      return look(options, ask, ref, { askedAt, signal });
    },
    async list(cursor, since, signal) {
      const skip = Number(cursor ?? 0);
      const askedAt = clock.now();
      const window = `startDate=${Math.floor(since / 1000)}&skip=${skip}&take=${PER_PAGE}`;
      const answer = await ask(`/invoices?${window}&includePaymentMethods=true`, signal);
      if (answer.kind === 'failed') return answer;
      if (answer.status === 404) return missingList('apiBase, storeId');
      const page = z.array(z.unknown()).max(1000).safeParse(answer.value);
      if (!page.success) return unreadableList();
      const next = page.data.length < PER_PAGE ? null : String(skip + PER_PAGE);
      return pageOf(page.data, (item) => listed(options, item, askedAt), next);
    },
  };
}

/**
 * The payment methods are asked for first: an invoice that is settled in between is then found settled with payments that
 * were seen before, never unpaid with payments that make it look paid.
 */
async function look(
  options: BtcPayOptions,
  ask: Ask,
  ref: string,
  { askedAt, signal }: { askedAt: number; signal: AbortSignal },
): Promise<LookAnswer> {
  const path = `/invoices/${encodeURIComponent(ref)}`;
  const methods = await ask(`${path}/payment-methods?onlyAccountedPayments=true`, signal);
  if (methods.kind === 'failed') return methods;
  if (methods.status === 404) return { kind: 'absent' };
  const invoice = await ask(path, signal);
  if (invoice.kind === 'failed') return invoice;
  if (invoice.status === 404) return { kind: 'absent' };
  const parsedMethods = methodsSchema.safeParse(methods.value);
  if (!parsedMethods.success) return unreadable(ref, `payment methods ${wrongFields(parsedMethods.error)}`);
  const parsed = invoiceSchema.safeParse(invoice.value);
  if (!parsed.success) return unreadable(ref, wrongFields(parsed.error));
  if (parsed.data.id !== ref) {
    return { kind: 'unreadable', note: `asked for invoice ${ref}, but another came: a proxy, or a wrong apiBase` };
  }
  return learnt(options, parsed.data, parsedMethods.data, askedAt);
}

function learnt(options: BtcPayOptions, invoice: InvoiceObject, methods: readonly MethodObject[], askedAt: number) {
  try {
    return { kind: 'learnt', reports: invoiceReports(options, invoice, methods, askedAt) } as const;
  } catch (error) {
    if (error instanceof AmountError) return unreadable(invoice.id, error.message);
    throw error;
  }
}

function unreadable(ref: string, why: string): Unreadable {
  return { kind: 'unreadable', note: `invoice ${ref} can't be read: ${why}` };
}

/** Versions that do not list payment methods leave to a look what nobody knew of, and what ended otherwise than is known. */
function listed(options: BtcPayOptions, item: unknown, askedAt: number): Listed[] {
  const parsed = invoiceSchema.safeParse(item);
  if (!parsed.success) return [];
  const invoice = parsed.data;
  const { id: ref, createdTime: createdAt, paymentMethods } = invoice;
  const answer = paymentMethods && learnt(options, invoice, paymentMethods, askedAt);
  if (answer?.kind === 'learnt') {
    return [{ ref, createdAt, reports: answer.reports, wantsLook: () => false, complete: true }];
  }
  const wantsLook = (order: Order | undefined) => order === undefined || endedOtherwise(invoice, order);
  return [{ ref, createdAt, reports: [], wantsLook, complete: false }];
}

function endedOtherwise({ status, additionalStatus }: InvoiceObject, order: Order): boolean {
  if (status === 'Invalid') return order.status !== 'failed';
  if (status === 'Settled') return !hasSettled(order);
  const paidLate = status === 'Expired' && additionalStatus === 'PaidLate';
  return paidLate && coveredAt(order) === null;
}
