/** What asking a processor can come to. */
import type { Order } from '../../../contract/order.ts';
import type { Report } from '../../ledger.ts';

/** The line or the processor is in trouble: waiting helps, retrying at once does not. */
export interface Failed {
  readonly kind: 'failed';
  readonly note: string;
  readonly retryAfterMs: number | null;
  /** HTTP status, where it says more than that this failed: 429, or a refusal in JSON that is not about the key. */
  readonly status?: number;
}

/** This one answer makes no sense; the next question may do better. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly note: string;
}

export type LookAnswer =
  | { readonly kind: 'learnt'; readonly reports: readonly Report[] }
  /** The processor answered and knows no such object. */
  | { readonly kind: 'absent' }
  | Unreadable
  | Failed;

/** One object of a processor's list. */
export interface Listed {
  readonly ref: string;
  /** Epoch milliseconds, null where the object does not say. */
  readonly createdAt: number | null;
  readonly reports: readonly Report[];
  /** True when the list tells less of this object than a look at it would, and that is worth a look. */
  wantsLook(order: Order | undefined): boolean;
  /** True when it told all that a look would, so that the next look is not due yet. */
  readonly complete: boolean;
}

export type ListAnswer =
  /** `next` null: this was the last page. */
  | { readonly kind: 'page'; readonly items: readonly Listed[]; readonly next: string | null }
  /** The processor answered, but offers no list: the line is proven all the same. */
  | { readonly kind: 'no-list' }
  | Failed;

/** So many objects of which none can be read are no accident: their form has changed. */
const NO_ACCIDENT = 3;

/** A page from its objects. Single ones that can't be read are left out; a look at them, should one be due, names them. */
export function pageOf(
  objects: readonly unknown[],
  read: (object: unknown) => Listed[],
  next: string | null,
): ListAnswer {
  const items = objects.flatMap(read);
  return items.length === 0 && objects.length >= NO_ACCIDENT ? unreadableList() : { kind: 'page', items, next };
}

/** What answered where the list is documented is none. */
export function unreadableList(): Failed {
  return { kind: 'failed', note: "its list can't be read: a proxy, or another version", retryAfterMs: null };
}

/** @param settings that say where the list is, by their names in the configuration */
export function missingList(settings: string): Failed {
  return { kind: 'failed', note: `answered 404 where its list is expected: check ${settings}`, retryAfterMs: null };
}

/** A processor as the reconcile sees it: three questions, each answered with reports that are ready for the ledger. */
export interface PolledProcessor {
  /**
   * One object by the processor's own id.
   * @param known its order as it stands
   */
  look(ref: string, known: Order | undefined, signal: AbortSignal): Promise<LookAnswer>;
  /**
   * A page of the list, newest first where the processor sorts it so.
   * @param cursor null for the first page
   * @param since epoch milliseconds; older objects are not needed
   */
  list(cursor: string | null, since: number, signal: AbortSignal): Promise<ListAnswer>;
}
