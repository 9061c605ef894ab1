/** Whose money it is: one order's beyond doubt, or nobody's until a person says so. Pure. */
import type { Order } from '../../contract/order.ts';
import { CANDIDATES_MOST } from '../../contract/unmatched.ts';
import type { Candidate, CandidateReason } from '../../contract/unmatched.ts';
import { CLOCK_SLACK_MS, evidenceFor } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Sighting } from './sighting.ts';

/** After its grace an order is watched this long. */
export const WATCHED_AFTER_GRACE_MS = 24 * 3_600_000;

/** The source whose orders are paid straight to their addresses; processors tell of their own payments themselves. */
const DIRECT = 'direct';

export type Match =
  | { readonly kind: 'order'; readonly order: string }
  | { readonly kind: 'unmatched'; readonly candidates: readonly Candidate[] };

/**
 * @param orders all orders of the store that the money may have to do with; the more, the less is taken as beyond doubt
 * @param wallet true for an address of the merchant's own that belongs to no order, where equal amounts are rare enough
 *   to tell orders apart
 */
export function matchOf(sighting: Sighting, orders: readonly Order[], wallet: boolean): Match {
  const owners = orders.filter((order) => owns(order, sighting));
  const [owner] = owners;
  if (owner && owners.length === 1) return { kind: 'order', order: owner.id };
  const fitting = wallet ? beyondDoubt(sighting, orders) : undefined;
  if (fitting) return { kind: 'order', order: fitting.id };
  return { kind: 'unmatched', candidates: candidatesFor(sighting, orders) };
}

/** Money to an order's own address is its own as long as it is watched, whatever the money is. */
function owns(order: Order, { payment, seenAt }: Sighting): boolean {
  const own = order.pay.some(
    ({ chain, address }) =>
      chain === payment.chain && address !== null && address.toLowerCase() === payment.to?.toLowerCase(),
  );
  return (
    own && order.source === DIRECT && existedAt(order, seenAt) && seenAt <= order.graceUntil + WATCHED_AFTER_GRACE_MS
  );
}

function existedAt(order: Order, at: number): boolean {
  return at >= order.createdAt - CLOCK_SLACK_MS;
}

/**
 * The one order that asked for just this, in time, and has nothing yet. Every other order that asks for the same, even
 * one that is over, and every trace that points to another one, is a doubt.
 */
function beyondDoubt(sighting: Sighting, orders: readonly Order[]): Order | undefined {
  const asking = orders.filter(
    (order) => existedAt(order, sighting.seenAt) && evidenceOf(order, sighting).has('same-amount'),
  );
  const [only] = asking;
  if (!only || asking.length > 1 || !only.live || only.source !== DIRECT || only.payments.length > 0) return undefined;
  if (only.status !== 'awaiting' || sighting.seenAt > only.expiresAt || sighting.seenAt < only.createdAt)
    return undefined;
  const pointing = ['hash-named', 'memo', 'missing-amount', 'own-address'];
  const others = orders.some(
    (order) => order !== only && pointing.some((code) => evidenceOf(order, sighting).has(code)),
  );
  return others ? undefined : only;
}

function evidenceOf(order: Order, sighting: Sighting): ReadonlySet<string> {
  return new Set(evidenceFor(order, sighting).map(({ code }) => code));
}

/** At most five orders that the money may be for, the likeliest first. */
export function candidatesFor(sighting: Sighting, orders: readonly Order[]): Candidate[] {
  return orders
    .map((order) => ({ order, evidence: evidenceFor(order, sighting) }))
    .filter(({ order, evidence }) => isCandidate(order, evidence, sighting))
    .map(({ order, evidence }) => ({ candidate: candidateOf(order, evidence), order }))
    .sort((a, b) => b.candidate.score - a.candidate.score || nearer(a.order, b.order, sighting.seenAt))
    .slice(0, CANDIDATES_MOST)
    .map(({ candidate }) => candidate);
}

/** Money that is older than an order can only be its money where somebody says so. */
function isCandidate(order: Order, evidence: readonly Evidence[], { seenAt }: Sighting): boolean {
  if (!order.live) return false;
  return existedAt(order, seenAt)
    ? evidence.some(({ telling }) => telling)
    : evidence.some(({ code }) => code === 'hash-named' || code === 'memo');
}

function candidateOf(order: Order, evidence: readonly Evidence[]): Candidate {
  const score = evidence.reduce((sum, { weight }) => sum + weight, 0);
  const strongest = [...evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const reasons = strongest.map(reasonOf);
  return { order: order.id, reference: order.reference, score: Math.min(100, Math.max(0, score)), reasons };
}

/** Of equals, the one that was waiting closest to the money's time; then any fixed order. */
function nearer(a: Order, b: Order, at: number): number {
  return Math.abs(a.createdAt - at) - Math.abs(b.createdAt - at) || (a.id < b.id ? -1 : 1);
}

function reasonOf({ code, text, facts = {} }: Evidence): CandidateReason {
  const cut = Object.entries(facts).map(([name, fact]) => [name, fact.slice(0, 256)] as const);
  return { code, text: text.slice(0, 256), ...(cut.length > 0 && { facts: Object.fromEntries(cut) }) };
}
