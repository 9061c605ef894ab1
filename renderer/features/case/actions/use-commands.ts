import { useCallback, useState } from 'react';
import type { CommandOutcome } from '../../../../contract/ipc.ts';
import type { CommandName } from '../../../../contract/protocol.ts';
import type { Order } from '../../../../contract/order.ts';
import { useApp } from '../../../store/app-context.tsx';

export interface Commands {
  /** Gives a command; resolves to null where it could not even be sent, which `fault` then says. */
  readonly give: (name: CommandName, args?: Readonly<Record<string, unknown>>) => Promise<CommandOutcome | null>;
  /** Why the last command was not sent, in words; null when it was. */
  readonly fault: string | null;
}

/** Gives commands on an order. What becomes of each is in the desk's state, where every window sees it. */
export function useCommands({ store, id: order }: Pick<Order, 'store' | 'id'>): Commands {
  const { link } = useApp();
  const [fault, setFault] = useState<string | null>(null);
  const give = useCallback<Commands['give']>(
    async (name, args = {}) => {
      setFault(null);
      try {
        return await link.bridge.sendCommand({ store, order, name, args });
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
        return null;
      }
    },
    [link, store, order],
  );
  return { give, fault };
}
