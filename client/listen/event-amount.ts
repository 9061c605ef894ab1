import { z } from 'zod';
import type { Event } from '../../contract/events.ts';
import { formatUnits } from '../../contract/money.ts';
import type { Order } from '../../contract/order.ts';

const price = z.object({ order: z.object({ price: z.object({ amount: z.string(), currency: z.string() }) }) });
const refund = z.object({ refundId: z.string(), amount: z.string(), currency: z.string() });
const units = z.object({
  amount: z.string().regex(/^\d+$/),
  decimals: z.int().min(0).max(255).nullable(),
  symbol: z.string(),
});
const payment = z.object({ payment: units });
const ofPayment = z.object({ paymentId: z.string() });

/** The money an event is about, as its source wrote it; empty where there is none. */
export function eventAmount({ data }: Event, order: Order | undefined): string {
  const money = price.safeParse(data).data?.order.price ?? refund.safeParse(data).data;
  if (money) return `${money.amount} ${money.currency}`;
  const own = payment.safeParse(data).data?.payment;
  if (own) return inUnits(own);
  const id = ofPayment.safeParse(data).data?.paymentId;
  const known = order?.payments.find((each) => each.id === id);
  return known ? inUnits(known) : '';
}

/** Base units as they are where the currency is not known. */
function inUnits({ amount, decimals, symbol }: z.infer<typeof units>): string {
  return `${decimals === null ? amount : formatUnits(BigInt(amount), decimals)} ${symbol}`;
}
