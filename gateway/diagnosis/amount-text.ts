/** Amounts and durations in plain words, exact. */
import { formatUnits } from '../../contract/money.ts';
import type { Payment } from '../../contract/order.ts';

export interface Unit {
  readonly symbol: string;
  readonly decimals: number | null;
}

/** `0.008 ETH`, or `8000 base units of XYZ` where the decimals are not known. */
export function amountText(amount: bigint, { symbol, decimals }: Unit): string {
  return decimals === null ? `${amount} base units of ${symbol}` : `${formatUnits(amount, decimals)} ${symbol}`;
}

/** `0.008 ETH in 0x…` */
export function paymentText(payment: Payment): string {
  const amount = amountText(BigInt(payment.amount), payment);
  return payment.txHash === null ? amount : `${amount} in ${payment.txHash}`;
}

/** The two largest units of a duration in milliseconds: `3 min 12 s`, `2 h 5 min`, `45 s`. */
export function durationText(ms: number): string {
  const seconds = Math.max(1, Math.floor(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}
