import { readEnvelope } from '../../../contract/events.ts';
import type { Event } from '../../../contract/events.ts';
import { unmatchedEvent } from '../../../contract/fold-unmatched.ts';
import { unsoundness } from './soundness.ts';

/** What came in the place of one event: the event, or what can still be told of one that cannot be read [DL7]. */
export type Arrival =
  | { readonly ok: true; readonly event: Event }
  | {
      readonly ok: false;
      /** Null where even that cannot be read. */
      readonly seq: number | null;
      /** Null where it cannot be read, or is about none. */
      readonly order: string | null;
      /** Null where they cannot be trusted to be what they say. */
      readonly id: string | null;
      readonly kind: string | null;
      /** It may be about any order or unmatched payment: nobody can tell what is incomplete without it. */
      readonly anyOrder?: true;
      readonly reason: string;
    };

/**
 * Checks one event by itself; nothing of a bad one gets further than its seq and its order's id.
 * @param epoch of the log it must be of; null for any, because a restored log keeps its events as they were
 */
export function checkEvent(raw: unknown, store: string, epoch: string | null): Arrival {
  const unsound = unsoundness(raw);
  if (unsound !== null) return bad(raw, unsound);
  const read = readEnvelope(raw);
  if (!read.success) return bad(raw, `fields ${read.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  if (read.data.store !== store || read.data.epoch !== (epoch ?? read.data.epoch)) return bad(raw, 'of another log');
  if (!isUnmatchedSound(read.data)) return { ...bad(raw, 'data of unmatched money'), anyOrder: true };
  return { ok: true, event: read.data };
}

/** Unmatched payments are not fetched one by one: of an event about them that can't be read, only a picture makes up. */
function isUnmatchedSound(event: Event): boolean {
  try {
    unmatchedEvent(event);
    return true;
  } catch {
    return false;
  }
}

function bad(raw: unknown, reason: string): Extract<Arrival, { ok: false }> {
  const { seq, order, id, kind } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const named = typeof order === 'string' && /^[\w.:-]{1,64}$/.test(order) ? order : null;
  return {
    ok: false,
    seq: typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0 ? seq : null,
    order: named,
    id: typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : null,
    kind: typeof kind === 'string' && /^[a-z.-]{1,64}$/.test(kind) ? kind : null,
    ...(named === null && order !== null && { anyOrder: true }),
    reason: reason.slice(0, 200),
  };
}

/**
 * The seq of every arrival of one message. One that cannot be read is told by its neighbours, where these leave no
 * doubt: between two with just that room, before one, or at the very beginning of a subscription.
 * @param first the seq the message is known to begin with, null when that is not certain
 * @param distrust true to place what cannot be read by `first` alone, because its own word led nowhere before
 * @returns null where it stays in doubt
 */
export function sequenced(arrivals: readonly Arrival[], first: number | null, distrust = false): (number | null)[] {
  const said = arrivals.map((arrival) => (arrival.ok ? arrival.event.seq : distrust ? null : arrival.seq));
  const seqs: (number | null)[] = [];
  let previous = first === null ? null : first - 1;
  let certain = first !== null;
  said.forEach((seq, n) => {
    const next = said.findIndex((each, at) => at > n && each !== null);
    const byNext = next === -1 ? null : (said[next] ?? 0) - (next - n);
    const byPrevious = previous === null ? null : previous + 1;
    const fits = byNext !== null && (byPrevious === null || byPrevious === byNext);
    const placed = seq ?? (fits ? byNext : certain && next === -1 ? byPrevious : null);
    if (seq !== null) certain = false;
    previous = placed;
    seqs.push(placed);
  });
  return seqs;
}
