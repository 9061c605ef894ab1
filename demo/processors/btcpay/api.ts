/** The pretend BTCPay Server's interface, and how it delivers. Source: BTCPay Server, Greenfield API reference. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Random } from '../../clock/random.ts';
import type { ApiAnswer, ApiRequest } from '../../http/api-server.ts';
import type { Mischief, WebhookHabits } from '../webhook-sender.ts';
import { invoiceJson, methodsJson } from './invoice.ts';
import type { BtcPayInvoice, BtcPayMethod } from './invoice.ts';
import type { PretendBtcPay } from './server.ts';

export interface BtcPayApiParts {
  readonly btcpay: PretendBtcPay;
  readonly apiKey: string;
  /** What an invoice that is made by the interface can be paid with. */
  readonly quote: (currency: string, amount: string) => readonly BtcPayMethod[];
}

const createSchema = z.object({
  amount: z.union([z.string(), z.number().transform(String)]),
  currency: z.string().min(1).max(16),
  metadata: z.object({ orderId: z.string().max(256).default('') }).default({ orderId: '' }),
});

export function answerBtcPay(request: ApiRequest, parts: BtcPayApiParts): ApiAnswer {
  if (request.authorization !== `token ${parts.apiKey}`) return failure(401, 'unauthenticated', 'The key is wrong.');
  const url = new URL(request.path, 'http://btcpay');
  const [api, version, stores, store, invoices, id, methods] = url.pathname.split('/').slice(1);
  if (api !== 'api' || version !== 'v1') return notFound();
  if (stores === 'health') return { status: 200, body: { synchronized: true } };
  if (stores !== 'stores' || store !== parts.btcpay.storeId || invoices !== 'invoices') return notFound();
  if (id === undefined) return request.method === 'POST' ? created(request, parts) : listed(url.searchParams, parts);
  const invoice = parts.btcpay.invoice(decodeURIComponent(id));
  if (!invoice) return failure(404, 'invoice-not-found', 'The invoice was not found');
  if (methods === undefined) return { status: 200, body: invoiceJson(invoice, store) };
  const accountedOnly = url.searchParams.get('onlyAccountedPayments') !== 'false';
  return methods === 'payment-methods' ? { status: 200, body: methodsJson(invoice, accountedOnly) } : notFound();
}

function created({ body }: ApiRequest, { btcpay, quote }: BtcPayApiParts): ApiAnswer {
  const parsed = createSchema.safeParse(jsonOf(body));
  if (!parsed.success) return failure(422, 'validation-error', parsed.error.issues[0]?.message ?? 'invalid');
  const { amount, currency, metadata } = parsed.data;
  const methods = quote(currency, amount);
  const invoice = btcpay.create({ orderId: metadata.orderId, currency, amount, methods });
  return { status: 200, body: invoiceJson(invoice, btcpay.storeId) };
}

function listed(query: URLSearchParams, { btcpay }: BtcPayApiParts): ApiAnswer {
  const since = Number(query.get('startDate') ?? 0);
  const [skip, take] = [Number(query.get('skip') ?? 0), Number(query.get('take') ?? 100)];
  const page = btcpay
    .invoices()
    .filter(({ createdAt }) => createdAt >= since)
    .slice(skip, skip + take);
  const withMethods = query.get('includePaymentMethods') === 'true';
  const json = (invoice: BtcPayInvoice) => ({
    ...invoiceJson(invoice, btcpay.storeId),
    ...(withMethods && { paymentMethods: methodsJson(invoice, true) }),
  });
  return { status: 200, body: page.map(json) };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function notFound(): ApiAnswer {
  return { status: 404, body: { code: 'not-found', message: 'There is nothing.' } };
}

function failure(status: number, code: string, message: string): ApiAnswer {
  return { status, body: { code, message } };
}

/** Waits of the real one after failed tries; then it gives up. */
const RETRIES_MS = [10_000, 60_000, ...Array<number>(6).fill(600_000)];

/** Signed over the body alone; any 4xx but 408 and 429 ends a delivery for good, and another try is a delivery anew. */
export function btcPayHabits(secret: string, random: Random, mischief?: Mischief): WebhookHabits {
  return {
    sign: (body) => ({ 'btcpay-sig': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }),
    again: (body) =>
      JSON.stringify({ ...(JSON.parse(body) as object), deliveryId: random.hex(11), isRedelivery: true }),
    retryDelayMs: (tries) => RETRIES_MS[tries - 1] ?? null,
    isFinal: (status) => status >= 400 && status < 500 && status !== 408 && status !== 429,
    ...(mischief && { mischief }),
  };
}
