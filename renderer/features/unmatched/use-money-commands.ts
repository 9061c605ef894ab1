import { useCallback, useState } from 'react';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { useApp } from '../../store/app-context.tsx';
import { moneyKey } from '../../store/unmatched-book.ts';
import type { MoneyKey } from '../../store/unmatched-book.ts';

type Given = ReadonlyMap<MoneyKey, readonly (string | null)[]>;

export interface MoneyCommands {
  /** Commands given here about a payment, by id; null for one whose outcome is not known yet. */
  readonly givenOn: (payment: UnmatchedPayment) => readonly (string | null)[];
  readonly attach: (payment: UnmatchedPayment, order: string) => void;
  readonly dismiss: (payment: UnmatchedPayment, reason: string) => void;
  /** Why the last command was not sent, in words; null when it was. */
  readonly fault: string | null;
}

const none: readonly never[] = [];

/** Gives commands on unmatched money. What becomes of each is in the desk's state, which does not say on which payment. */
export function useMoneyCommands(): MoneyCommands {
  const { link } = useApp();
  const [given, setGiven] = useState<Given>(() => new Map());
  const [fault, setFault] = useState<string | null>(null);
  const give = useCallback(
    async (payment: UnmatchedPayment, order: string | null, name: string, args: Readonly<Record<string, string>>) => {
      const key = moneyKey(payment);
      const put = (from: string | null | undefined, to: readonly (string | null)[]) =>
        setGiven((before) => {
          const others = [...(before.get(key) ?? none)];
          if (from !== undefined && others.includes(from)) others.splice(others.indexOf(from), 1);
          return new Map(before).set(key, [...others, ...to]);
        });
      setFault(null);
      put(undefined, [null]);
      try {
        const { id } = await link.bridge.sendCommand({ store: payment.store, order, name, args });
        put(null, [id]);
      } catch (error) {
        put(null, none);
        setFault(error instanceof Error ? error.message : String(error));
      }
    },
    [link],
  );
  return {
    givenOn: (payment) => given.get(moneyKey(payment)) ?? none,
    attach: (payment, order) => void give(payment, order, 'attach-payment', { paymentId: payment.id }),
    dismiss: (payment, reason) => void give(payment, null, 'dismiss-payment', { paymentId: payment.id, reason }),
    fault,
  };
}
