/** Between an unmatched payment as it is kept and the sighting it came from. Pure. */
import type { UnmatchedFact, UnmatchedPayment } from '../../contract/unmatched.ts';
import type { EventDraft } from '../ledger.ts';
import type { Candidate } from '../../contract/unmatched.ts';
import type { Sighting } from './sighting.ts';

/** @returns null for money of no chain, which nobody can follow */
export function sightingOf({ payment, seenAt, block, confirmations }: UnmatchedFact): Sighting | null {
  const { chain } = payment;
  return chain === null ? null : { payment: { ...payment, chain }, seenAt, confirmations, ...(block && { block }) };
}

export function unmatchedDraft(sighting: Sighting, candidates: readonly Candidate[]): EventDraft {
  const { payment, seenAt, block, confirmations } = sighting;
  const data = { payment, seenAt, confirmations, candidates: [...candidates], ...(block && { block }) };
  return { kind: 'payment.unmatched', order: null, source: payment.chain, occurred: seenAt, sent: null, data };
}

/** Deep enough to count as settled. */
export function isDeep({ payment, confirmations }: Pick<Sighting, 'payment' | 'confirmations'>): boolean {
  return confirmations >= Math.max(1, payment.required ?? 1);
}

/**
 * Whether a sighting says more than what is kept: into or into another block, deep enough now, or back again. Each
 * further confirmation is not worth an event of its own.
 */
export function isNews(held: UnmatchedPayment, sighting: Sighting): boolean {
  if (held.state === 'vanished') return true;
  if (held.state !== 'open' || !sighting.block) return false;
  return held.block?.hash !== sighting.block.hash || (isDeep(sighting) && !isDeep(sightingOf(held) ?? sighting));
}
