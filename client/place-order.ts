import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { orderSchema } from '../contract/order.ts';
import type { Order } from '../contract/order.ts';
import type { directOrderSchema } from '../contract/protocol.ts';
import { gatewayUrl } from './gateway-url.ts';
import { reachOf } from './reach.ts';
import type { ReachOptions } from './reach.ts';
import { storePath } from './rest-path.ts';
import { callGateway } from './rest.ts';

export interface PlaceOrderOptions extends ReachOptions {
  readonly gateway: string;
  readonly store: string;
  /** A shop key with the scope `orders:write`, `twk_…`. */
  readonly key: string;
  /** Placing the same order again with the same key gives the same order; a fresh one where it is left out. */
  readonly idempotencyKey?: string;
}

export type NewOrder = z.input<typeof directOrderSchema>;

/**
 * Places an order as a shop does.
 * @throws GatewayError `idempotency-conflict`, `address-in-use`, or with all faulty fields in its message
 */
export async function placeOrder(order: NewOrder, options: PlaceOrderOptions): Promise<Order> {
  const gateway = gatewayUrl(options.gateway);
  const { release, ...reach } = reachOf(gateway, options);
  try {
    return await callGateway(
      { gateway, ...reach },
      {
        method: 'POST',
        path: `${storePath(options.store)}/orders`,
        body: order,
        token: options.key,
        headers: { 'idempotency-key': options.idempotencyKey ?? randomUUID() },
        schema: orderSchema,
      },
    );
  } finally {
    release();
  }
}
