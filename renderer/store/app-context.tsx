/** What components reach for: the stores, the clock's beat and the bridge, made once by the composition root. */
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Settings } from '../../contract/settings.ts';
import type { DeskLink } from '../bridge/desk-link.ts';
import { changeSettings } from './change-settings.ts';
import type { Chime } from '../ui/chime.ts';
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
  readonly chime: Pick<Chime, 'test'>;
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

/** The profile's settings, and how a part of them is changed. */
export function useSettings(): readonly [Settings, (changes: Partial<Settings>) => void] {
  const { desk, link } = useApp();
  const settings = useDesk((model) => model.settings);
  const change = useCallback((changes: Partial<Settings>) => void changeSettings(link, desk, changes), [link, desk]);
  return [settings, change];
}

export function useUi<T>(select: (model: UiModel) => T): T {
  return useStore(useApp().ui, select);
}

/** Draws again on a second's boundary, and only when what `select` makes of the time has changed. */
export function useTick<T extends string | number | boolean>(select: (time: GatewayNow) => T): T {
  const { ticker } = useApp();
  return useSyncExternalStore(ticker.subscribe, () => select(ticker.read()));
}
