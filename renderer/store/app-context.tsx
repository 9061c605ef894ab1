/** What components reach for: the stores, the clock's beat and the bridge, made once by the composition root. */
import { createContext, use, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { DeskLink } from '../bridge/desk-link.ts';
import type { DeskModel, DeskStore } from './desk-store.ts';
import type { GatewayNow } from './gateway-clock.ts';
import type { Haystack } from './order-filter.ts';
import type { StoreDay } from './store-day.ts';
import type { Ticker } from './ticker.ts';
import type { UiModel } from './ui-store.ts';

export interface AppParts {
  readonly link: DeskLink;
  readonly desk: DeskStore;
  readonly ui: StoreApi<UiModel>;
  readonly ticker: Ticker;
  readonly haystack: Haystack;
  readonly storeDay: StoreDay;
  /** This page's monotonic milliseconds, in which a lost link tells its next try. */
  readonly monotonic: () => number;
}

const AppContext = createContext<AppParts | null>(null);

export function AppProvider({ parts, children }: { parts: AppParts; children: ReactNode }) {
  return <AppContext value={parts}>{children}</AppContext>;
}

export function useApp(): AppParts {
  const parts = use(AppContext);
  if (!parts) throw new Error('useApp needs an AppProvider above it');
  return parts;
}

export function useDesk<T>(select: (model: DeskModel) => T): T {
  return useStore(useApp().desk.api, select);
}

export function useUi<T>(select: (model: UiModel) => T): T {
  return useStore(useApp().ui, select);
}

/** Draws again on a second's boundary, and only when what `select` makes of the time has changed. */
export function useTick<T extends string | number | boolean>(select: (time: GatewayNow) => T): T {
  const { ticker } = useApp();
  return useSyncExternalStore(ticker.subscribe, () => select(ticker.read()));
}
