/** Evaluates what an order's facts mean for people; pure, and called by the ledger inside the causing transaction. */
import type { Order } from '../../contract/order.ts';
import type { EventDraft } from '../ledger.ts';

/**
 * What changed in verdict, findings and chain flags after `order` was folded.
 * @param order the order with all facts of the transaction so far
 * @param now the gateway's time, epoch milliseconds
 * @returns at most one `diagnosis.changed` and one `verdict.changed`; none while nothing changed
 */
export type Diagnose = (order: Order, now: number) => readonly EventDraft[];
