/** The pretend shop's till: places direct orders at the gateway with its shop key, and says what customers named. */
import type { z } from 'zod';
import { orderSchema } from '../../contract/order.ts';
import { errorBodySchema } from '../../contract/protocol.ts';
import type { directOrderSchema } from '../../contract/protocol.ts';
import type { Timers } from '../clock/timers.ts';

export type ShopOrder = z.input<typeof directOrderSchema>;

export interface GatewayAccess {
  /** Without a trailing slash. */
  readonly url: string;
  readonly key: string;
}

/** The gateway refused what the shop asked; trying again would not help. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
}

export interface ShopParts {
  readonly store: string;
  readonly gateway: () => GatewayAccess | null;
  readonly timers: Timers;
  readonly fetch: typeof fetch;
  readonly onTrouble: (note: string) => void;
}

const TIMEOUT_MS = 10_000;
const PAUSE_MS = 1_000;

/**
 * Places an order, again and again until the gateway has answered: the key makes that one order.
 * @returns its id at the gateway
 * @throws OrderRefused with the gateway's own words
 * @throws Stopped when the demo ends first
 */
export async function placeOrder(parts: ShopParts, order: ShopOrder, idempotencyKey: string): Promise<string> {
  const headers = { 'idempotency-key': idempotencyKey };
  const placed = await post(parts, { what: order.reference, path: 'orders', body: order, headers });
  return placedSchema.parse(placed).id;
}

/** Says which transaction the customer named as the payment of an order; otherwise as `placeOrder`. */
export async function nameTransaction(parts: ShopParts, orderId: string, txHash: string): Promise<void> {
  const path = `orders/${encodeURIComponent(orderId)}/transactions`;
  await post(parts, { what: `transaction ${txHash}`, path, body: { txHash } });
}

const placedSchema = orderSchema.pick({ id: true });

interface Post {
  /** For people. */
  readonly what: string;
  /** Below the store's own. */
  readonly path: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @returns what the gateway answered */
async function post(parts: ShopParts, asked: Post): Promise<unknown> {
  for (;;) {
    const gateway = parts.gateway();
    const tried = gateway ? await tryPost(parts, gateway, asked) : { trouble: 'no gateway yet' };
    if ('answer' in tried) return tried.answer;
    if (gateway) parts.onTrouble(`${asked.what} to be sent again: ${tried.trouble}`);
    await parts.timers.wait(PAUSE_MS);
  }
}

/** @returns the answer, or what a later try may mend */
async function tryPost(
  { store, fetch: ask }: ShopParts,
  { url, key }: GatewayAccess,
  { what, path, body: given, headers = {} }: Post,
): Promise<{ readonly answer: unknown } | { readonly trouble: string }> {
  let response: Response;
  let body: unknown;
  try {
    response = await ask(`${url}/v1/stores/${encodeURIComponent(store)}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(given),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.json();
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
  if (response.ok) return { answer: body };
  const refusal = errorBodySchema.safeParse(body);
  const said = refusal.success ? `${refusal.data.error.code}: ${refusal.data.error.message}` : 'no reason given';
  if (response.status >= 500 || response.status === 429) return { trouble: `${response.status}, ${said}` };
  throw new OrderRefused(`${what} was refused (${response.status}, ${said})`);
}
