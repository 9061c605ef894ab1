/** Reading a processor's list page by page: pure state, so that other questions can come in between. */
import type { ListAnswer } from './processor-answer.ts';
import type { PollSettings } from './polling-options.ts';

type SweepTimes = Pick<PollSettings, 'sweepMs' | 'deepSweepMs' | 'deepWindowMs'>;

/** Objects created shortly before the last reading may not have been in it yet. */
const OVERLAP_MS = 5 * 60_000;
/** Pages of one sweep; a processor that pages without end is not followed further. */
const MOST_PAGES = 50;
/** Of one that goes far back: what a busy shop sells in two days is more than that. */
const MOST_DEEP_PAGES = 400;

export interface Sweep {
  readonly since: number;
  readonly startedAt: number;
  readonly deep: boolean;
  readonly cursor: string | null;
  readonly pages: number;
  /** Of the page before. */
  readonly firstRef: string | null;
}

export interface SweepPlan {
  readonly running: Sweep | null;
  readonly lastAt: number | null;
  readonly lastDeepAt: number | null;
  /** Until when other questions come first, because the list failed; epoch milliseconds. */
  readonly heldUntil: number;
}

export const NEVER_SWEPT: SweepPlan = { running: null, lastAt: null, lastDeepAt: null, heldUntil: 0 };

/**
 * The page to read now, null while none is due. The first sweep, and one in so many after it, goes far back.
 * @param unproven true when nothing else has proven the line lately: then a page is due in any case
 */
export function nextPage(plan: SweepPlan, times: SweepTimes, now: number, unproven = false): Sweep | null {
  if (plan.running) return plan.running;
  const rests = now < plan.heldUntil || (plan.lastAt !== null && now - plan.lastAt < times.sweepMs);
  if (rests && !unproven) return null;
  const deep = plan.lastDeepAt === null || now - plan.lastDeepAt >= times.deepSweepMs;
  const since = deep || plan.lastAt === null ? now - times.deepWindowMs : plan.lastAt - OVERLAP_MS;
  return { since, startedAt: now, deep, cursor: null, pages: 0, firstRef: null };
}

/** The plan once a page was answered. */
export function afterPage(plan: SweepPlan, sweep: Sweep, answer: Exclude<ListAnswer, { kind: 'failed' }>): SweepPlan {
  const next = answer.kind === 'page' && goesOn(answer, sweep) ? answer.next : null;
  if (next !== null) {
    const firstRef = (answer.kind === 'page' ? answer.items[0]?.ref : undefined) ?? null;
    return { ...plan, running: { ...sweep, cursor: next, pages: sweep.pages + 1, firstRef } };
  }
  return {
    running: null,
    lastAt: sweep.startedAt,
    lastDeepAt: sweep.deep ? sweep.startedAt : plan.lastDeepAt,
    heldUntil: 0,
  };
}

/**
 * Trouble in mid-sweep: it starts anew, because pages move meanwhile. Not at once: a list that always fails would keep
 * open orders from their turn.
 */
export function interrupted(plan: SweepPlan, times: SweepTimes, now: number): SweepPlan {
  return { ...plan, running: null, heldUntil: now + times.sweepMs };
}

/** The trouble is not the list's own: it need not stand back. */
export function released(plan: SweepPlan): SweepPlan {
  return { ...plan, heldUntil: 0 };
}

/** Sorted newest first, what follows an object that is too old is older still; in any other order all pages are read. */
function goesOn({ items, next }: Extract<ListAnswer, { kind: 'page' }>, sweep: Sweep): boolean {
  const { since, cursor, pages, deep, firstRef } = sweep;
  const most = deep ? MOST_DEEP_PAGES : MOST_PAGES;
  // Whoever is asked for the next page, and answers with the same one, does not page.
  if (firstRef !== null && items[0]?.ref === firstRef) return false;
  if (next === null || next === cursor || items.length === 0 || pages + 1 >= most) return false;
  const times = items.map(({ createdAt }) => createdAt).filter((time) => time !== null);
  const newestFirst = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time));
  const oldest = times.at(-1);
  return !newestFirst || oldest === undefined || oldest >= since;
}
