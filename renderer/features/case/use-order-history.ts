import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestOutput } from '../../../contract/ipc.ts';
import { codeOf } from '../../bridge/request-error.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';
import type { OrderKey } from '../../store/order-key.ts';

export type History = RequestOutput<'order.read'>;

export interface HistoryShown {
  readonly history: History | null;
  readonly loading: boolean;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly retry: () => void;
}

interface Known {
  readonly history: History | null;
  readonly error: HistoryShown['error'];
  readonly loading: boolean;
}

/** Changes that come in quick succession are read together; milliseconds. */
const SETTLE_MS = 250;

/** Reads an order's history, again whenever the order has changed; what was read before stays until the new is here. */
export function useOrderHistory(key: OrderKey): HistoryShown {
  const { link } = useApp();
  const seq = useDesk((model) => model.orders.get(key)?.updatedSeq ?? 0);
  const open = useDesk((model) => model.link.state === 'open' && (model.desk?.current ?? false));
  const [known, setKnown] = useState<Known>({ history: null, error: null, loading: true });
  const first = useRef(true);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let mine = true;
    const delay = first.current ? 0 : SETTLE_MS;
    first.current = false;
    const [store = '', order = ''] = key.split('/');
    const read = async (): Promise<void> => {
      try {
        const history = await link.bridge.readOrder({ store, order });
        if (mine) setKnown({ history, error: null, loading: false });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (mine) setKnown((before) => ({ ...before, error: { code: codeOf(error), message }, loading: false }));
      }
    };
    const timer = setTimeout(() => void read(), delay);
    return () => {
      mine = false;
      clearTimeout(timer);
    };
  }, [key, link, seq, open, attempt]);
  const retry = useCallback(() => {
    setKnown((before) => ({ ...before, error: null, loading: true }));
    setAttempt((before) => before + 1);
  }, []);
  return { ...known, retry };
}
