/** Filters under a name, as the settings keep them. Pure. */
import type { SavedFilter } from '../../contract/settings.ts';
import { statusFilters } from './order-filter.ts';
import type { OrderFilter } from './order-filter.ts';

export const SAVED_MOST = 20;

/** What a saved filter shows now: a status of another version counts as all, a store that is gone as every store. */
export function filterFrom({ status, source, store, text }: SavedFilter, stores: readonly string[]): OrderFilter {
  return {
    status: statusFilters.find((known) => known === status) ?? 'all',
    store: store !== null && stores.includes(store) ? store : null,
    source,
    text,
  };
}

export function sameFilter(a: OrderFilter, b: OrderFilter): boolean {
  return a.status === b.status && a.source === b.source && a.store === b.store && a.text === b.text;
}

/** With one more, or another one of the same name; the same list where there is no room or no name. */
export function withSaved(saved: readonly SavedFilter[], name: string, filter: OrderFilter): SavedFilter[] {
  const own = name.trim().slice(0, 40).trim();
  const next = { name: own, ...filter, text: filter.text.slice(0, 200) };
  if (own === '') return [...saved];
  if (saved.some((each) => each.name === own)) return saved.map((each) => (each.name === own ? next : each));
  return saved.length >= SAVED_MOST ? [...saved] : [...saved, next];
}
