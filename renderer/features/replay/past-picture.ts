/** Reads what the screen showed of a store at a moment, page by page. */
import type { ReplayPicture } from '../../../contract/history.ts';
import type { Order } from '../../../contract/order.ts';
import type { DeskLink } from '../../bridge/desk-link.ts';

/** Orders shown at most; those left out are the oldest that were closed. */
export const ORDERS_MOST = 10_000;

export interface PastPicture extends Pick<ReplayPicture, 'at' | 'seq' | 'total' | 'complete'> {
  readonly store: string;
  readonly orders: readonly Order[];
}

export type ReadReplay = DeskLink['bridge']['readReplay'];

/** @param wanted false once somebody wants another moment: then no more pages are asked for */
export async function readPicture(
  read: ReadReplay,
  store: string,
  at: number,
  wanted: () => boolean,
): Promise<PastPicture> {
  const first = await read({ store, at });
  const orders = [...first.orders];
  let { next } = first;
  while (next !== null && orders.length < ORDERS_MOST && wanted()) {
    const page = await read({ store, at, cursor: next });
    orders.push(...page.orders);
    next = page.next;
  }
  const { at: shown, seq, total, complete } = first;
  return { store, orders, at: shown, seq, total, complete };
}
