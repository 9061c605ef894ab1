/** Payments in numbers: each is made, funded and captured, as most of a shop's are. */
import { benchPayment } from '../support/fault-bench/webhooks.ts';
import type { BenchPayment, Step } from '../support/fault-bench/webhooks.ts';

export const COURSE: readonly Step[] = ['created', 'funded', 'captured'];

/** @param series tells payments of one measurement from those of another */
export function payments(series: string, count: number, createdAt: number): BenchPayment[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `${series}-${String(n).padStart(6, '0')}`;
    return benchPayment(id, `R-${id}`, createdAt);
  });
}
