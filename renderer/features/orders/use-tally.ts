import { useMemo } from 'react';
import { useApp, useDesk, useTick, useUi } from '../../store/app-context.tsx';
import type { Tally } from '../../store/tally.ts';

/** The figures of the chosen store, or of all. Read anew when an order changed, and when time may have moved one. */
export function useTally(): Tally {
  const { desk, ticker, storeDay } = useApp();
  const version = useDesk((model) => model.version);
  const stores = useDesk((model) => model.desk?.stores);
  const store = useUi((model) => model.filter.store);
  const second = useTick(({ now }) => now);
  const zones = useMemo(() => new Map(stores?.map(({ id, timeZone }) => [id, timeZone])), [stores]);
  const own = useMemo(
    () => new Set(stores?.filter(({ id }) => store === null || id === store).map(({ currency }) => currency)),
    [stores, store],
  );
  return useMemo(() => {
    const { now } = ticker.read();
    return desk.tally.read({ now, store, zoneOf: (id) => zones.get(id) ?? 'UTC', storeDay, own });
    // `version` and `second` stand for what was counted and what the clock holds now.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [desk, version, second, store, zones, ticker, storeDay, own]);
}
