import { useCallback, useState } from 'react';
import type { CommandOutcome } from '../../../../contract/ipc.ts';
import type { CommandName } from '../../../../contract/protocol.ts';
import type { Order } from '../../../../contract/order.ts';
import { useApp } from '../../../store/app-context.tsx';

/** What became of a command that was given; `not-sent`: it never left this device. */
export type Answer = CommandOutcome | { readonly state: 'not-sent'; readonly reason: string };

export interface Commands {
  readonly give: (name: CommandName, args?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** Why the last command was not sent, in words; null when it was. */
  readonly fault: string | null;
}

/** Why a command was not taken, in words; null once it was, and while nobody knows [CM3]. */
export function refusalOf(answer: Answer): string | null {
  if (answer.state === 'not-sent') return answer.reason;
  return answer.state === 'failed' ? (answer.error?.message ?? '') : null;
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
        const reason = error instanceof Error ? error.message : String(error);
        setFault(reason);
        return { state: 'not-sent', reason };
      }
    },
    [link, store, order],
  );
  return { give, fault };
}
