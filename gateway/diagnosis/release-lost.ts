/** Money that went away although goods were, or could have been, handed over for it. */
import type { Order, Payment } from '../../contract/order.ts';
import { wordsOf } from '../../contract/words.ts';

const gone: ReadonlySet<Payment['state']> = new Set(['reorged', 'dropped', 'replaced', 'reverted']);

/** The hold that stands until the money is back, or somebody resolves the case. */
export const VANISHED = 'vanished';

/** Payments that are gone, without those of which somebody has said since that it is settled. */
export function lostUnresolved(order: Order): Payment[] {
  const resolved = order.resolvedAt ?? -1;
  return order.payments.filter((payment) => gone.has(payment.state) && lostAt(payment) > resolved);
}

function lostAt(payment: Payment): number {
  return Math.max(0, ...Object.values(wordsOf(payment)).map((word) => word?.lostAt ?? 0));
}

export function isGone({ state }: Payment): boolean {
  return gone.has(state);
}

/**
 * True when a reorg took back what the verdict or a person had released. Being seen again does not end it: what was
 * released on is not there before it is as deep again, or somebody resolves the case.
 */
export function isLostAfterRelease(order: Order): boolean {
  const held = order.diagnosis.find(({ code }) => code === 'reorg-after-release');
  if (held && (order.resolvedAt ?? -1) < held.since) return true;
  if (order.releasedAt === undefined && order.verdict !== 'release') return false;
  return lostUnresolved(order).some(({ state }) => state === 'reorged');
}

/** True when money went away that goods were, or could have been, handed over for; stays so until it is back. */
export function hasVanished(order: Order): boolean {
  const taken =
    order.releasedAt !== undefined || order.verdict === 'release' || order.verdictRule?.startsWith(VANISHED) === true;
  return lostUnresolved(order).some(({ settledBy }) => taken || settledBy !== undefined);
}
