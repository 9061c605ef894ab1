import { useEffect, useState } from 'react';
import type { QuarantinedEvent } from '../../../contract/history.ts';
import type { StoreView } from '../../../contract/ipc.ts';
import { useApp } from '../../store/app-context.tsx';

export interface SetAside {
  readonly store: StoreView['id'];
  readonly event: QuarantinedEvent;
}

interface Quarantine {
  readonly events: readonly SetAside[];
  /** Why it cannot be told, in words; null while it can. */
  readonly fault: string | null;
}

/** What was set aside of all stores, asked again whenever there is more of it. */
export function useQuarantine(stores: readonly StoreView[]): Quarantine {
  const { link } = useApp();
  const [told, setTold] = useState<Quarantine>({ events: [], fault: null });
  const counts = stores.map(({ id, quarantined }) => `${id} ${quarantined}`).join('\n');
  useEffect(() => {
    let wanted = true;
    const ids = counts === '' ? [] : counts.split('\n').map((line) => line.split(' ')[0] ?? '');
    const asked = ids.map(async (store) => {
      const { events } = await link.bridge.listQuarantine({ store });
      return events.map((event) => ({ store, event }));
    });
    Promise.all(asked).then(
      (all) => {
        if (wanted) setTold({ events: all.flat(), fault: null });
      },
      (error: unknown) => {
        if (wanted) setTold({ events: [], fault: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      wanted = false;
    };
  }, [link, counts]);
  return told;
}
