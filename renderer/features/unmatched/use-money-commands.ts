import { useCallback, useState } from 'react';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { useApp } from '../../store/app-context.tsx';
import { moneyKey } from '../../store/unmatched-book.ts';
import type { MoneyKey } from '../../store/unmatched-book.ts';

export interface MoneyCommands {
  /** True while a decision about a payment is being handed over and its outcome waited for. */
  readonly isSending: (payment: UnmatchedPayment) => boolean;
  readonly attach: (payment: UnmatchedPayment, order: string) => void;
  readonly dismiss: (payment: UnmatchedPayment, reason: string) => void;
  /** Why the last command was not sent, in words; null when it was. */
  readonly fault: string | null;
}

/** Gives commands on unmatched money. What becomes of each, and of which payment, is in the desk's state. */
export function useMoneyCommands(): MoneyCommands {
  const { link } = useApp();
  const [sending, setSending] = useState<readonly MoneyKey[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const give = useCallback(
    async (payment: UnmatchedPayment, order: string | null, name: string, args: Readonly<Record<string, string>>) => {
      const key = moneyKey(payment);
      setFault(null);
      setSending((before) => [...before, key]);
      try {
        await link.bridge.sendCommand({ store: payment.store, order, name, args });
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
      }
      setSending((before) => before.toSpliced(before.indexOf(key), 1));
    },
    [link],
  );
  return {
    isSending: (payment) => sending.includes(moneyKey(payment)),
    attach: (payment, order) => void give(payment, order, 'attach-payment', { paymentId: payment.id }),
    dismiss: (payment, reason) => void give(payment, null, 'dismiss-payment', { paymentId: payment.id, reason }),
    fault,
  };
}
