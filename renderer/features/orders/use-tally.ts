import { useMemo } from 'react';
import { useApp, useDesk, useTick, useUi } from '../../store/app-context.tsx';
import { tallyOf } from '../../store/tally.ts';
import type { Tally } from '../../store/tally.ts';

/** The figures of the chosen store, or of all. Counted anew when an order changed, and when time may have moved one. */
export function useTally(): Tally {
  const { ticker, storeDay } = useApp();
  const orders = useDesk((model) => model.orders);
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
    const chosen = store === null ? orders.values() : [...orders.values()].filter((order) => order.store === store);
    return tallyOf(chosen, ticker.read().now, (id) => zones.get(id) ?? 'UTC', storeDay, own);
    // `version` and `second` stand for what the map and the clock hold now.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [orders, version, second, store, zones, ticker, storeDay, own]);
}
