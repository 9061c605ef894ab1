/** Filters of pending transactions for those who poll: each collects hashes until it is asked. */
import { numberToHex } from 'viem';
import type { Chain } from './chain.ts';
import { RpcError } from './rpc.ts';

const MOST_FILTERS = 64;
const MOST_HASHES = 10_000;

export interface PendingFilters {
  /** The filter methods' answers; undefined for any other method. @throws RpcError for an unknown filter */
  answer(method: string, parameters: readonly unknown[]): unknown;
  close(): void;
}

export function createPendingFilters(chain: Chain): PendingFilters {
  const filters = new Map<unknown, string[]>();
  let last = 0;
  const close = chain.listen({
    onPending({ hash }) {
      for (const hashes of filters.values()) if (hashes.length < MOST_HASHES) hashes.push(hash);
    },
  });
  const open = () => {
    if (filters.size >= MOST_FILTERS) filters.delete(filters.keys().next().value);
    last += 1;
    const id = numberToHex(last);
    filters.set(id, []);
    return id;
  };
  return {
    answer(method, [id]) {
      if (method === 'eth_newPendingTransactionFilter') return open();
      if (method === 'eth_uninstallFilter') return filters.delete(id);
      if (method !== 'eth_getFilterChanges') return undefined;
      const hashes = filters.get(id);
      if (!hashes) throw new RpcError(-32000, 'filter not found');
      return hashes.splice(0);
    },
    close,
  };
}
