/** How long an order may still be paid [CK2]: before expiry, then in the grace for late money; never negative. */
import type { Order } from '../../contract/order.ts';

export type Countdown =
  | {
      readonly phase: 'open' | 'grace';
      readonly leftMs: number;
      /** 1 at the start, 0 at the end */ readonly share: number;
    }
  | { readonly phase: 'over' };

type Times = Pick<Order, 'createdAt' | 'expiresAt' | 'graceUntil'>;

function share(left: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, left / whole));
}

/** @param now the gateway's time, epoch milliseconds */
export function countdownOf({ createdAt, expiresAt, graceUntil }: Times, now: number): Countdown {
  if (now < expiresAt) {
    const leftMs = expiresAt - now;
    return { phase: 'open', leftMs, share: share(leftMs, expiresAt - createdAt) };
  }
  if (now < graceUntil) {
    const leftMs = graceUntil - now;
    return { phase: 'grace', leftMs, share: share(leftMs, graceUntil - expiresAt) };
  }
  return { phase: 'over' };
}

/** `08:41`, from one hour `1:02:03`, from one day `2d 03h`. A begun second counts as left, so 0 means over. */
export function clockFace(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const pad = (value: number) => value.toString().padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)}d ${pad(hours % 24)}h`;
  const tail = `${pad(minutes % 60)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}
