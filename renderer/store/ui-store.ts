/** What this person chose to see; kept over a reload where that helps. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { everything } from './order-filter.ts';
import type { OrderFilter } from './order-filter.ts';
import type { OrderKey } from './order-key.ts';

export type View = 'desk' | 'health';

export interface UiModel {
  readonly view: View;
  readonly filter: OrderFilter;
  readonly grouped: boolean;
  readonly muted: boolean;
  /** The row the keyboard stands on. */
  readonly active: OrderKey | null;
  /** The order whose case is open beside the queue. */
  readonly opened: OrderKey | null;
  /** The pairing link with which the page was opened: it fills the form, and a person decides [AU1]. */
  readonly pairingLink: string | null;
}

/** The part of `localStorage` that is used; a page without it keeps its choices until it is closed. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'tillwatch.choices';

function kept(keep: Keep): Pick<UiModel, 'grouped' | 'muted'> {
  try {
    const value: unknown = JSON.parse(keep.getItem(KEY) ?? '{}');
    const has = (name: string) => typeof value === 'object' && value !== null && Reflect.get(value, name) === true;
    return { grouped: has('grouped'), muted: has('muted') };
  } catch {
    return { grouped: false, muted: false };
  }
}

export function createUiStore(keep: Keep, view: View): StoreApi<UiModel> {
  const api = createStore<UiModel>(() => ({
    ...{ view, filter: everything, active: null, opened: null, pairingLink: null },
    ...kept(keep),
  }));
  api.subscribe(({ grouped, muted }, before) => {
    if (grouped === before.grouped && muted === before.muted) return;
    try {
      keep.setItem(KEY, JSON.stringify({ grouped, muted }));
    } catch {
      // A full or forbidden storage loses the choice at the next start, nothing else.
    }
  });
  return api;
}
