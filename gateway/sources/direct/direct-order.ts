/** The shop's own order, paid on chain: a checked request becomes the report that creates the order. */
import { leastAccepted } from '../../../contract/money.ts';
import { DIRECT_SOURCE } from '../../../contract/order.ts';
import type { OrderFact, PayOption } from '../../../contract/order.ts';
import type { DirectOrder } from '../../../contract/protocol.ts';
import type { Report } from '../../ledger.ts';
import { orderId } from '../../order-id.ts';
import { assetById } from '../chain-assets.ts';
import type { ChainAssets } from '../chain-assets.ts';
import { directOrderFaults } from './direct-faults.ts';
import type { Fault } from './direct-faults.ts';

export interface DirectPolicy {
  readonly lateGraceMinutes: number;
  /** What is taken as paid although it is less, in hundredths of a percent: 50 is 0.5 %. */
  readonly underpaidBasisPoints: number;
}

export interface DirectOrderRequest {
  readonly store: string;
  /** Unique per order, a uuid; the order's id is derived from it. */
  readonly sourceRef: string;
  readonly input: DirectOrder;
  readonly chains: readonly ChainAssets[];
  readonly policy: DirectPolicy;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type DirectOrderMapping =
  | { readonly ok: true; readonly order: string; readonly report: Report }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Pure; an order on a chain that is not configured is taken, and diagnosis says that nobody watches it. */
export function directOrderReport(request: DirectOrderRequest): DirectOrderMapping {
  const { store, sourceRef, now } = request;
  const faults = directOrderFaults(request.input);
  if (faults.length > 0) return { ok: false, faults };
  const order = orderId(store, DIRECT_SOURCE, sourceRef);
  const fact = orderFact(request);
  const report: Report = {
    order,
    decide: (known) =>
      known
        ? []
        : [{ kind: 'order.created', order, source: DIRECT_SOURCE, occurred: now, sent: null, data: { order: fact } }],
  };
  return { ok: true, order, report };
}

function orderFact({ sourceRef, input, chains, policy, now }: DirectOrderRequest): OrderFact {
  const expiresAt = now + input.expiresInSeconds * 1000;
  return {
    sourceRef,
    reference: input.reference,
    price: input.price,
    pay: input.pay.map((option) => payOption(option, chains, policy)),
    createdAt: now,
    expiresAt,
    graceUntil: expiresAt + policy.lateGraceMinutes * 60_000,
    live: true,
    ...customerOf(input),
  };
}

/** Metadata is kept with the customer: shops put personal data there, so it is hidden and erased with theirs. */
function customerOf({ customer, metadata }: DirectOrder): Pick<OrderFact, 'customer'> {
  const told = metadata && Object.keys(metadata).length > 0 ? { metadata } : {};
  return customer || 'metadata' in told ? { customer: { ...customer, ...told } } : {};
}

function payOption(
  { chain, asset, address, amount }: DirectOrder['pay'][number],
  chains: readonly ChainAssets[],
  { underpaidBasisPoints }: DirectPolicy,
): PayOption {
  const minimum = leastAccepted(BigInt(amount), underpaidBasisPoints).toString();
  return { ...assetById(chains, chain, asset), chain, address, amount, ...(minimum !== amount && { minimum }) };
}
