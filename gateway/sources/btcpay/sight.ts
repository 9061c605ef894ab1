/** One look at a BTCPay Server invoice: what reports about it have in common. */
import type { Order, PaymentFact } from '../../../contract/order.ts';
import type { About } from '../order-report.ts';
import type { BtcPayOptions } from './options.ts';
import type { InvoiceObject } from './schema.ts';

export interface Sight {
  readonly options: BtcPayOptions;
  readonly order: string;
  /** When BTCPay Server sent it, null for a poll. */
  readonly sent: number | null;
}

export interface SeenPayment {
  readonly fact: PaymentFact;
  /** By BTCPay Server's own time, epoch milliseconds. */
  readonly receivedAt: number | null;
  /** BTCPay Server has the confirmations it asks for. */
  readonly settled: boolean;
}

export interface InvoiceSight extends Sight {
  readonly invoice: InvoiceObject;
  /** The gateway's time when it asked for the invoice, epoch milliseconds. */
  readonly askedAt: number;
  /** Every payment that BTCPay Server counts. */
  readonly payments: readonly SeenPayment[];
}

/**
 * True when something was learnt of the order after the question was asked: then the answer does not prove that anything
 * is gone. Whatever was learnt has the invoice fetched again.
 */
export function isOvertaken({ askedAt }: InvoiceSight, { updatedAt }: Order): boolean {
  return updatedAt > askedAt;
}

export function aboutOf({ order, options, sent }: Sight): About {
  return (occurred) => ({ order, source: options.id, occurred, sent });
}
