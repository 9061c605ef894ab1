/** One look at a Crypto.com Pay object, by webhook or by poll: what reports about it have in common. */
import type { About } from '../order-report.ts';
import type { CryptoComPayOptions } from './options.ts';
import type { PaymentObject } from './schema.ts';

export interface Sight {
  readonly options: CryptoComPayOptions;
  /** Id of the order the object belongs to. */
  readonly order: string;
  /** When the processor made the event, null for a poll. */
  readonly occurred: number | null;
  /** When the processor sent it, null for a poll. */
  readonly sent: number | null;
  /** At which time the object is known to have been so: the event's, else that of the answer to the poll. */
  readonly asOf: number;
}

export interface PaymentSight extends Sight {
  readonly payment: PaymentObject;
  /** The processor says that it has the money. */
  readonly captured: boolean;
}

/** The envelope all drafts of a sight share. */
export function about(sight: Sight, occurred: number | null): ReturnType<About> {
  return { order: sight.order, source: sight.options.id, occurred, sent: sight.sent };
}
