/**
 * Which of what a search found is closest to what was asked, and why. Pure: the same question and findings give the same
 * list, in whatever order they came.
 */
import type { RequestOutput } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { SearchMatch } from '../../../contract/protocol.ts';
import { normalTerm, searchQuery } from '../../../contract/search-query.ts';
import type { SearchPlace, SearchQuery } from '../../../contract/search-query.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';

export type Found = Pick<RequestOutput<'orders.find'>, 'orders' | 'unmatched' | 'matches'>;

export interface Why {
  readonly field: SearchMatch['field'];
  readonly value: string;
  /** True where all of it was asked for, not its beginning alone. */
  readonly exact: boolean;
}

interface Ranked {
  /** The best reason; null where none was told. */
  readonly why: Why | null;
  /** From 0; whole matches are 100 and more. It only ranks. */
  readonly closeness: number;
}

export type Answer =
  | (Ranked & { readonly kind: 'order'; readonly order: Order })
  | (Ranked & { readonly kind: 'money'; readonly payment: UnmatchedPayment });

/** How much a field says about which order is meant: a hash names one payment, an amount or a time many. */
const weights: Readonly<Record<SearchMatch['field'], number>> = {
  transaction: 9,
  id: 9,
  reference: 8,
  'source-ref': 8,
  memo: 7,
  address: 6,
  sender: 5,
  customer: 4,
  amount: 3,
  time: 1,
};

/** More than any weight, so that a whole match goes before the beginning of another. */
const WHOLE = 100;

/** 0 to 1: how much of a term was asked for; 0 where it was not. */
function share(term: string, field: SearchMatch['field'], { beginnings }: SearchQuery): number {
  return beginnings.reduce((best, beginning) => {
    if (!term.startsWith(beginning)) return best;
    // What an amount is in stands after a space: the number before it is the whole amount, in whatever asset.
    if (field === 'amount' && term.startsWith(`${beginning.trimEnd()} `)) return 1;
    return Math.max(best, term.length === 0 ? 0 : beginning.length / term.length);
  }, 0);
}

/** 0 to 1: how close a time is to the middle of what was asked. */
function nearness(value: string, { span }: SearchQuery): number {
  const at = Date.parse(value);
  if (span === null || Number.isNaN(at)) return 0;
  const half = (span.to - span.from) / 2;
  return half <= 0 ? 0 : Math.max(0, 1 - Math.abs(at - (span.from + half)) / half);
}

function ranked({ field, value }: SearchMatch, query: SearchQuery): Ranked {
  if (field === 'time') {
    return { why: { field, value, exact: false }, closeness: weights.time + nearness(value, query) / 2 };
  }
  const part = share(normalTerm(value), field, query);
  const exact = part === 1;
  return { why: { field, value, exact }, closeness: weights[field] + part / 2 + (exact ? WHOLE : 0) };
}

const none: Ranked = { why: null, closeness: 0 };

/** Of two reasons that say as much the first by name, so that the order in which they were told says nothing. */
function isCloser(a: Ranked, b: Ranked): boolean {
  if (a.closeness !== b.closeness) return a.closeness > b.closeness;
  const name = ({ why }: Ranked) => (why ? `${why.field} ${why.value}` : '');
  return name(a) < name(b);
}

function best(matches: readonly SearchMatch[], query: SearchQuery): Ranked {
  return matches.map((match) => ranked(match, query)).reduce((top, each) => (isCloser(each, top) ? each : top), none);
}

function newestOf(answer: Answer): number {
  return answer.kind === 'order' ? answer.order.createdAt : answer.payment.seenAt;
}

function nameOf(answer: Answer): string {
  return answer.kind === 'order'
    ? `0 ${answer.order.store}/${answer.order.id}`
    : `1 ${answer.payment.store}/${answer.payment.id}`;
}

function compare(a: Answer, b: Answer): number {
  const [first, second] = [nameOf(a), nameOf(b)];
  return b.closeness - a.closeness || newestOf(b) - newestOf(a) || (first < second ? -1 : first > second ? 1 : 0);
}

/** All that was found, the closest first, of those equally close the newest. */
export function rankAnswers({ orders, unmatched, matches }: Found, q: string, place: SearchPlace): readonly Answer[] {
  const query = searchQuery(q, place);
  const reasons = Map.groupBy(matches, ({ order }) => order);
  return [
    ...orders.map((order): Answer => ({ kind: 'order', order, ...best(reasons.get(order.id) ?? [], query) })),
    ...unmatched.map((payment): Answer => ({ kind: 'money', payment, ...best(reasons.get(payment.id) ?? [], query) })),
  ].sort(compare);
}
