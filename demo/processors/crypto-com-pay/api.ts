/** The pretend Crypto.com Pay's REST interface as one function of the request. Source: Crypto.com Pay API reference. */
import { LosslessNumber, parse } from 'lossless-json';
import { z } from 'zod';
import type { ApiAnswer, ApiRequest } from '../../http/api-server.ts';
import { paymentJson, refundJson } from './payment.ts';
import { ProcessorError } from './processor.ts';
import type { PaymentRequest, Processor } from './processor.ts';

export interface ApiParts {
  readonly processor: Processor;
  readonly apiKey: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What a payment needs beyond what its request says. */
  readonly quote: (
    currency: string,
    amount: string,
  ) => Pick<PaymentRequest, 'cryptoCurrency' | 'cryptoAmount' | 'depositAddress'>;
}

const numeral = z
  .union([z.string(), z.instanceof(LosslessNumber).transform(({ value }) => value)])
  .refine((text) => /^[1-9]\d{0,77}$/.test(text), 'must be a positive integer of base units');
const paymentSchema = z.object({
  amount: numeral,
  currency: z.string().regex(/^[A-Z]{3,8}$/, 'must be a currency code'),
  order_id: z.string().min(1).max(128),
  description: z.string().max(512).default(''),
});
const refundSchema = z.object({
  payment_id: z.string().min(1),
  amount: numeral,
  currency: z.string().min(1),
  reason: z.string().max(256).default('requested_by_customer'),
});

/** Never throws for what a request holds: that becomes a 4xx answer. */
export function answerApi(request: ApiRequest, parts: ApiParts): ApiAnswer {
  try {
    if (!isAuthorised(request.authorization, parts.apiKey)) {
      throw new ProcessorError(401, 'invalid_api_key', 'The API key is missing or wrong.');
    }
    return routed(request, parts);
  } catch (error) {
    if (!(error instanceof ProcessorError)) throw error;
    const { status, code, message, param } = error;
    const type = status === 401 ? 'authentication_error' : 'invalid_request_error';
    return { status, body: { error: { type, code, error_message: message, ...(param !== undefined && { param }) } } };
  }
}

/** `Bearer sk_…`, or HTTP Basic with the key as user and no password. */
function isAuthorised(header: string | undefined, apiKey: string): boolean {
  const basic = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
  return header === `Bearer ${apiKey}` || header === basic;
}

function routed({ method, path, body }: ApiRequest, parts: ApiParts): ApiAnswer {
  const url = new URL(path, 'http://processor');
  const [collection = '', id, action] = url.pathname.split('/').filter((part) => part !== '');
  const route = `${method} ${collection}${id === undefined ? '' : '/:id'}${action === undefined ? '' : `/${action}`}`;
  switch (route) {
    case 'POST payments':
      return { status: 200, body: created(checked(paymentSchema, body), parts) };
    case 'GET payments':
      return { status: 200, body: listed(url.searchParams, parts) };
    case 'GET payments/:id':
      return { status: 200, body: paymentJson(found(id, parts), seconds(parts)) };
    case 'POST payments/:id/cancel':
      return { status: 200, body: paymentJson(parts.processor.cancel(id ?? ''), seconds(parts)) };
    case 'GET payments/:id/refunds':
      return { status: 200, body: { items: found(id, parts).refunds.map(refundJson) } };
    case 'POST refunds':
      return { status: 200, body: refundRequested(checked(refundSchema, body), parts) };
    case 'GET refunds/:id':
      return { status: 200, body: refundFound(id, parts) };
    default:
      throw new ProcessorError(404, 'resource_missing', `There is no ${method} ${url.pathname}.`);
  }
}

function seconds({ now }: ApiParts): number {
  return Math.floor(now() / 1000);
}

function checked<T extends z.ZodType>(schema: T, body: string): z.output<T> {
  let value: unknown;
  try {
    value = parse(body, null, (text) => new LosslessNumber(text));
  } catch {
    throw new ProcessorError(400, 'invalid_json', 'The body is not JSON.');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ProcessorError(400, 'parameter_invalid', issue?.message ?? 'invalid', issue?.path.join('.') ?? '');
}

function found(id: string | undefined, { processor }: ApiParts) {
  const payment = processor.payment(id ?? '');
  if (!payment || processor.isConcealed(payment.id))
    throw new ProcessorError(404, 'resource_missing', `No such payment: ${id ?? ''}`, 'id');
  return payment;
}

function created(request: z.output<typeof paymentSchema>, parts: ApiParts) {
  const payment = parts.processor.create({
    orderId: request.order_id,
    currency: request.currency,
    amount: request.amount,
    description: request.description,
    method: 'Crypto.com App',
    customerName: null,
    customerEmail: null,
    liveMode: true,
    timeWindow: 600,
    ...parts.quote(request.currency, request.amount),
  });
  return paymentJson(payment, seconds(parts));
}

function listed(query: URLSearchParams, parts: ApiParts) {
  const page = bounded(query.get('page'), 1, 1_000_000);
  const perPage = bounded(query.get('per_page'), 20, 100);
  const shown = parts.processor.payments().filter(({ id }) => !parts.processor.isConcealed(id));
  const all = shown.toReversed();
  const items = all.slice((page - 1) * perPage, page * perPage).map((payment) => paymentJson(payment, seconds(parts)));
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  return {
    items,
    meta: {
      current_page: page,
      current_size: items.length,
      next_page: page < pages ? page + 1 : null,
      per_page: perPage,
      total_pages: pages,
    },
  };
}

function bounded(text: string | null, otherwise: number, most: number): number {
  const value = Number(text ?? otherwise);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : otherwise;
}

function refundRequested(request: z.output<typeof refundSchema>, { processor }: ApiParts) {
  if (processor.payment(request.payment_id)?.currency !== request.currency) {
    throw new ProcessorError(
      400,
      'parameter_invalid',
      "The currency is not the payment's, or there is none.",
      'currency',
    );
  }
  return refundJson(processor.requestRefund(request.payment_id, request.amount, request.reason));
}

function refundFound(id: string | undefined, { processor }: ApiParts) {
  const refund = processor
    .payments()
    .flatMap(({ refunds }) => refunds)
    .find((each) => each.id === id);
  if (!refund) throw new ProcessorError(404, 'resource_missing', `No such refund: ${id ?? ''}`, 'id');
  return refundJson(refund);
}
