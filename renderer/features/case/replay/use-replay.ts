import { useMemo, useState } from 'react';
import type { History } from '../use-order-history.ts';
import { isWhole, orderPast } from './order-past.ts';
import type { PastStep } from './order-past.ts';

export interface Replay {
  /** Why there is no past to show, null where there is: the desk itself shows one, it is being read, or not whole here. */
  readonly missing: 'desk' | 'loading' | 'incomplete' | null;
  /** True while the slider is shown. */
  readonly open: boolean;
  /** Told while it is open. */
  readonly steps: readonly PastStep[];
  /** The moment that is shown; null is now. */
  readonly past: PastStep | null;
  /** Shows the order as it stood after the event of this number; null comes back to now. */
  readonly show: (seq: number | null) => void;
  readonly close: () => void;
}

const none: readonly PastStep[] = [];

function missingOf(history: History | null, inPast: boolean): Replay['missing'] {
  if (inPast) return 'desk';
  if (history === null) return 'loading';
  return isWhole(history) ? null : 'incomplete';
}

/** @param inPast true where the whole desk shows a past moment */
export function useReplay(history: History | null, inPast: boolean): Replay {
  const whole = history !== null && isWhole(history);
  const [open, setOpen] = useState(false);
  const steps = useMemo(() => (open && history && whole ? orderPast(history.events) : none), [open, history, whole]);
  // By its number in the log: further events may come while somebody looks at the past.
  const [chosen, setChosen] = useState<number | null>(null);
  const past = steps.find(({ event }) => event.seq === chosen) ?? null;
  return {
    missing: missingOf(history, inPast),
    open,
    steps,
    past,
    show: (seq) => {
      setOpen(true);
      setChosen(seq);
    },
    close: () => {
      setOpen(false);
      setChosen(null);
    },
  };
}
