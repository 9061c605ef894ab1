import { useState } from 'react';
import type { Order } from '../../../contract/order.ts';
import { useApp } from '../../store/app-context.tsx';

/** How an export stands; `cancelled` leaves nothing to say. */
export type ExportState =
  { readonly kind: 'idle' | 'under-way' | 'saved' | 'offered' } | { readonly kind: 'failed'; readonly reason: string };

/** Fetches the gateway's signed file of an order and has it saved where a person says. */
export function useCaseExport({ store, id }: Pick<Order, 'store' | 'id'>): readonly [ExportState, () => void] {
  const { link } = useApp();
  const [state, setState] = useState<ExportState>({ kind: 'idle' });
  const run = async (): Promise<void> => {
    setState({ kind: 'under-way' });
    try {
      const file = await link.bridge.exportCase({ store, order: id });
      const { outcome } = await link.bridge.saveFile(file);
      setState({ kind: outcome === 'cancelled' ? 'idle' : outcome });
    } catch (error) {
      setState({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  return [state, () => void run()];
}
