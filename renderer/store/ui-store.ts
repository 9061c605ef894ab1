/** What this window shows now; what a person chose for the profile is in its settings. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { usualInsights } from './insight-choice.ts';
import type { InsightChoice } from './insight-choice.ts';
import { everything } from './order-filter.ts';
import type { OrderFilter } from './order-filter.ts';
import type { OrderKey } from './order-key.ts';

export type View = 'desk' | 'counter' | 'replay' | 'insights' | 'health' | 'settings';

export interface UiModel {
  readonly view: View;
  readonly filter: OrderFilter;
  /** The row the keyboard stands on. */
  readonly active: OrderKey | null;
  /** The order whose case is open beside the queue. */
  readonly opened: OrderKey | null;
  /** True while unmatched money is listed beside the queue; an opened case lies over it. */
  readonly unmatched: boolean;
  /** The pairing link with which the page was opened: it fills the form, and a person decides [AU1]. */
  readonly pairingLink: string | null;
  /** True while the finder lies over the page. */
  readonly finder: boolean;
  readonly insights: InsightChoice;
}

export function createUiStore(view: View): StoreApi<UiModel> {
  return createStore<UiModel>(() => ({
    ...{ view, filter: everything, active: null, opened: null, unmatched: false, pairingLink: null, finder: false },
    insights: usualInsights,
  }));
}
