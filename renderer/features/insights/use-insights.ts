import { startTransition, useEffect, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useApp, useDesk, useTick, useUi } from '../../store/app-context.tsx';
import type { DayRange } from '../../store/insight-choice.ts';
import { countInsights } from './count/insight-counter.ts';
import type { InsightQuery } from './count/insight-book.ts';
import type { Insights } from './count/insights.ts';
import { daysIn, presetRange } from './count/calendar.ts';
import { finestUnit, unitsOf } from './count/time-grid.ts';

export interface CountedStores {
  /** Time zones by store, of the store chosen or of all. */
  readonly zones: ReadonlyMap<string, string>;
  readonly currencies: ReadonlySet<string>;
  /** The name and zone of the only store; null where several are counted. */
  readonly only: { readonly name: string; readonly timeZone: string } | null;
}

/** The stores that are counted: the same object until one of them is another. */
export function useCountedStores(): CountedStores {
  const chosen = useUi((model) => model.filter.store);
  const told = useDesk(
    useShallow((model) =>
      (model.desk?.stores ?? [])
        .filter(({ id }) => chosen === null || id === chosen)
        .flatMap(({ id, name, timeZone, currency }) => [id, name, timeZone, currency]),
    ),
  );
  return useMemo(() => {
    const stores = Array.from({ length: told.length / 4 }, (_, n) => told.slice(n * 4, n * 4 + 4));
    const [first, ...others] = stores;
    return {
      zones: new Map(stores.map(([id = '', , zone = 'UTC']) => [id, zone])),
      currencies: new Set(stores.map(([, , , currency = '']) => currency)),
      only: first && others.length === 0 ? { name: first[1] ?? '', timeZone: first[2] ?? 'UTC' } : null,
    };
  }, [told]);
}

/** The newest of the stores' days: a text, so that nothing is drawn until it is another. */
export function useToday(zones: CountedStores['zones']): string {
  const { storeDay } = useApp();
  return useTick(({ now }) => {
    const days = [...new Set(zones.values())].map((zone) => storeDay(now, zone));
    return days.reduce((latest, day) => (day > latest ? day : latest), days[0] ?? storeDay(now, 'UTC'));
  });
}

/** The days chosen, as they are now. */
export function useRange(stores: CountedStores, today: string, heldSince: number | null): DayRange {
  const { storeDay } = useApp();
  const days = useUi((model) => model.insights.days);
  const zone = stores.only?.timeZone ?? 'UTC';
  const since = heldSince === null ? today : storeDay(heldSince, zone);
  const { from, to } = typeof days === 'string' ? presetRange(days, today, since) : days;
  return useMemo(() => ({ from, to }), [from, to]);
}

interface Counted {
  readonly insights: Insights | null;
  /** How much of the orders is counted, 0 to 1; 1 while `insights` are those asked for. */
  readonly progress: number;
}

/** Counts the orders held, and keeps up with them, while it is used. */
export function useInsights(stores: CountedStores, range: DayRange): Counted {
  const { desk, monotonic } = useApp();
  const chosen = useUi((model) => model.insights.unit);
  const unit = chosen !== null && unitsOf(range).includes(chosen) ? chosen : finestUnit(range);
  const query = useMemo<InsightQuery>(
    () => ({ range, unit, zones: stores.zones, own: stores.currencies }),
    [range, unit, stores],
  );
  const [counted, setCounted] = useState<{ query: InsightQuery; insights: Insights } | null>(null);
  const [progress, setProgress] = useState(0);
  useEffect(() => {
    if (daysIn(query.range) === 0) return undefined;
    return countInsights(query, {
      orders: desk.api.getState().orders,
      version: () => desk.api.getState().version,
      monotonic,
      watch: (listener) =>
        desk.api.subscribe((model, before) => {
          if (model.version !== before.version) listener();
        }),
      after: (delayMs, run) => {
        const timer = window.setTimeout(run, delayMs);
        return () => window.clearTimeout(timer);
      },
      // Drawn in slices too, so that whatever a person does meanwhile comes first.
      show: (insights) => startTransition(() => setCounted({ query, insights })),
      progress: setProgress,
    });
  }, [desk, monotonic, query]);
  return { insights: counted?.insights ?? null, progress: counted?.query === query ? 1 : progress };
}
