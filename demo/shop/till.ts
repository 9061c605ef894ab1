/** The pretend shop's till: places direct orders at the gateway with its shop key. */
import type { z } from 'zod';
import { errorBodySchema } from '../../contract/protocol.ts';
import type { directOrderSchema } from '../../contract/protocol.ts';
import type { Timers } from '../clock/timers.ts';

export type ShopOrder = z.input<typeof directOrderSchema>;

export interface GatewayAccess {
  /** Without a trailing slash. */
  readonly url: string;
  readonly key: string;
}

/** The gateway refused an order; trying again would not help. */
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
 * @throws OrderRefused with the gateway's own words
 * @throws Stopped when the demo ends first
 */
export async function placeOrder(parts: ShopParts, order: ShopOrder, idempotencyKey: string): Promise<void> {
  for (;;) {
    const gateway = parts.gateway();
    const trouble = gateway ? await tryOrder(parts, gateway, order, idempotencyKey) : 'no gateway yet';
    if (trouble === null) return;
    if (gateway) parts.onTrouble(`order to be sent again: ${trouble}`);
    await parts.timers.wait(PAUSE_MS);
  }
}

/** @returns what a later try may mend, null when the order is placed */
async function tryOrder(
  { store, fetch: ask }: ShopParts,
  { url, key }: GatewayAccess,
  order: ShopOrder,
  idempotencyKey: string,
): Promise<string | null> {
  let response: Response;
  let body: unknown;
  try {
    response = await ask(`${url}/v1/stores/${encodeURIComponent(store)}/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.json();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (response.ok) return null;
  const refusal = errorBodySchema.safeParse(body);
  const said = refusal.success ? `${refusal.data.error.code}: ${refusal.data.error.message}` : 'no reason given';
  if (response.status >= 500 || response.status === 429) return `${response.status}, ${said}`;
  throw new OrderRefused(`${order.reference} was refused (${response.status}, ${said})`);
}
