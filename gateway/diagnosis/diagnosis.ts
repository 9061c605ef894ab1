/** Evaluates what an order's facts mean for people; pure, and called by the ledger inside the causing transaction. */
import type { Order } from '../../contract/order.ts';
import type { EventDraft } from '../ledger.ts';
import type { Observations } from '../observations.ts';

/**
 * What changed in verdict, findings and chain flags after `order` was folded.
 * @param order the order with all facts of the transaction so far
 * @param now the gateway's time, epoch milliseconds
 * @param observed what is known at this moment and is no fact of the log
 * @param lookAgain called with the moment, epoch milliseconds, at which time alone may change the answer
 * @returns at most one `diagnosis.changed` and one `verdict.changed`; none while nothing changed
 */
export type Diagnose = (
  order: Order,
  now: number,
  observed: Observations,
  lookAgain?: (at: number) => void,
) => readonly EventDraft[];

/** A `Diagnose` that has its observations, as the ledger calls it. */
export type Diagnosis = (order: Order, now: number) => readonly EventDraft[];
