/** What one WebSocket of the pretend node has subscribed to. Source: geth's documents of its pub/sub extension. */
import { numberToHex } from 'viem';
import type { Chain } from './chain.ts';
import { headerJson, RpcError, transactionJson } from './rpc.ts';

export interface ChainSubscriptions {
  /** The subscription methods' answers; undefined for any other method. @throws RpcError for an unknown kind */
  answer(method: string, parameters: readonly unknown[]): unknown;
  close(): void;
}

/** @param push sends one JSON-RPC notification to the socket's other end */
export function createChainSubscriptions(chain: Chain, push: (notification: unknown) => void): ChainSubscriptions {
  const ends = new Map<string, () => void>();
  let last = 0;
  const subscribe = ([kind, full]: readonly unknown[]) => {
    last += 1;
    const id = numberToHex(last);
    const tell = (result: unknown) =>
      push({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription: id, result } });
    if (kind === 'newHeads') {
      ends.set(id, chain.listen({ onBlock: (block) => tell(headerJson(block)) }));
    } else if (kind === 'newPendingTransactions') {
      const listener = {
        onPending: (each: Parameters<typeof transactionJson>[0]) =>
          tell(full === true ? transactionJson(each, null) : each.hash),
      };
      ends.set(id, chain.listen(listener));
    } else {
      throw new RpcError(-32602, 'no such subscription');
    }
    return id;
  };
  const unsubscribe = (id: unknown) => {
    const end = typeof id === 'string' ? ends.get(id) : undefined;
    end?.();
    return typeof id === 'string' && ends.delete(id);
  };
  return {
    answer(method, parameters) {
      if (method === 'eth_subscribe') return subscribe(parameters);
      return method === 'eth_unsubscribe' ? unsubscribe(parameters[0]) : undefined;
    },
    close() {
      for (const end of ends.values()) end();
      ends.clear();
    },
  };
}
