/** Which order an address or a transaction belongs to. Built anew whenever orders changed; pure. */
import type { Order, Payment } from '../../../contract/order.ts';

/** The source whose orders are paid straight to their addresses; processors tell of their own payments themselves. */
const DIRECT = 'direct';

/** Blocks and the shop's clock disagree by less than this; money older than its order by more is somebody else's. */
const CLOCK_SLACK_MS = 15 * 60_000;

export interface TrackedPayment {
  readonly order: Order;
  readonly payment: Payment;
}

export interface WatchList {
  readonly orders: readonly Order[];
  /** Addresses in lower case that a node is the witness for. */
  readonly addresses: ReadonlySet<string>;
  /** Payments that name a transaction of this chain. */
  readonly payments: readonly TrackedPayment[];
  /**
   * The order that money to an address is for: the one that holds the payment already, else the newest that existed.
   * @param at the block's time, epoch milliseconds; null for money in the pool
   */
  payee(address: string, paymentId: string, at: number | null): Order | undefined;
}

export function watchList(chain: string, orders: readonly Order[]): WatchList {
  const byAddress = new Map<string, Order[]>();
  for (const order of [...orders].sort((a, b) => b.createdAt - a.createdAt)) {
    for (const address of addressesOf(chain, order)) byAddress.set(address, [...(byAddress.get(address) ?? []), order]);
  }
  return {
    orders,
    addresses: new Set(byAddress.keys()),
    payments: orders.flatMap((order) =>
      order.payments.filter((payment) => isOn(chain, payment)).map((payment) => ({ order, payment })),
    ),
    payee(address, paymentId, at) {
      const candidates = byAddress.get(address.toLowerCase()) ?? [];
      return (
        candidates.find((order) => order.payments.some(({ id }) => id === paymentId)) ??
        candidates.find((order) => at === null || at >= order.createdAt - CLOCK_SLACK_MS)
      );
    },
  };
}

function addressesOf(chain: string, order: Order): Set<string> {
  if (order.source !== DIRECT) return new Set();
  const options = order.pay.filter((option) => option.chain === chain);
  return new Set(options.flatMap(({ address }) => (address === null ? [] : [address.toLowerCase()])));
}

/** A processor may put an identifier of its own where a hash belongs; only a hash can be asked for. */
function isOn(chain: string, payment: Payment): boolean {
  return payment.chain === chain && /^0x[0-9a-f]{64}$/i.test(payment.txHash ?? '');
}
