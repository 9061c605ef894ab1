import { orderSchema } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import { unmatchedPaymentSchema } from '../../../contract/unmatched.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import type { GatewayApi, LooseSnapshotPage } from '../connection/gateway-api.ts';
import { failed } from '../connection/failure.ts';
import type { Failure, Outcome } from '../connection/failure.ts';
import { unsoundness } from './soundness.ts';

export interface Snapshot {
  readonly first: LooseSnapshotPage;
  readonly orders: readonly Order[];
  readonly unmatched: readonly UnmatchedPayment[];
  /** Orders and unmatched payments that could not be read [DL7]. */
  readonly bad: number;
}

type PictureSource = Pick<GatewayApi, 'snapshotPage'>;

/** More pages than any store has; a gateway that never ends is not waited for. */
const PAGES_MOST = 10_000;
const STARTS_MOST = 3;

/** Takes a whole picture of a store, page by page. One whose cursor expired on the way is begun again. */
export async function takeSnapshot(api: PictureSource, store: string): Promise<Outcome<Snapshot>> {
  for (let start = 1; ; start += 1) {
    const taken = await pages(api, store);
    if (taken.ok || start === STARTS_MOST || !isCursorEnd(taken.failure)) return taken;
  }
}

async function pages(api: PictureSource, store: string): Promise<Outcome<Snapshot>> {
  const orders = new Map<string, Order>();
  const unmatched = new Map<string, UnmatchedPayment>();
  let first: LooseSnapshotPage | undefined;
  let bad = 0;
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const taken = await api.snapshotPage(store, cursor);
    if (!taken.ok) return taken;
    first ??= taken.value;
    if (taken.value.epoch !== first.epoch || taken.value.seq !== first.seq || taken.value.store.id !== store) {
      return failed({ kind: 'unreadable', html: false, what: 'pages of different snapshots' });
    }
    for (const raw of taken.value.orders) {
      const order = unsoundness(raw) === null ? orderSchema.safeParse(raw) : null;
      if (order?.success) orders.set(order.data.id, order.data);
      else bad += 1;
    }
    for (const raw of taken.value.unmatched) {
      const payment = unsoundness(raw) === null ? unmatchedPaymentSchema.safeParse(raw) : null;
      if (payment?.success) unmatched.set(payment.data.id, payment.data);
      else bad += 1;
    }
    cursor = taken.value.next;
    if (cursor === undefined) {
      return { ok: true, value: { first, orders: [...orders.values()], unmatched: [...unmatched.values()], bad } };
    }
  }
  return failed({ kind: 'unreadable', html: false, what: 'a snapshot without end' });
}

function isCursorEnd(failure: Failure): boolean {
  return failure.kind === 'answer' && failure.error?.code === 'cursor-expired';
}
