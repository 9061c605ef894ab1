/** Shows a past moment with the components of the present: nothing in it is current, and its clock stands still. */
import { createContext, use, useMemo } from 'react';
import type { ReactNode } from 'react';
import { AppProvider, useApp } from './app-context.tsx';
import type { Ticker } from './ticker.ts';

const PastContext = createContext<number | null>(null);

function standing(at: number): Ticker {
  const read = { now: at, approximate: false };
  return { read: () => read, subscribe: () => () => undefined, beat: () => undefined, close: () => undefined };
}

/** @param at the moment, gateway time in epoch milliseconds; null shows the present */
export function PastProvider({ at, children }: { at: number | null; children: ReactNode }) {
  const parts = useApp();
  const shown = useMemo(() => (at === null ? parts : { ...parts, ticker: standing(at) }), [parts, at]);
  // The same elements for past and present, so that nothing typed is lost by looking back.
  return (
    <PastContext value={at}>
      <AppProvider parts={shown}>{children}</AppProvider>
    </PastContext>
  );
}

/** The past moment that is shown here, gateway time; null in the present. */
export function usePast(): number | null {
  return use(PastContext);
}
