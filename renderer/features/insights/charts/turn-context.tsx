import { createContext, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { createTurns } from './turns.ts';
import type { Turns } from './turns.ts';

const TurnContext = createContext<Turns | null>(null);

/** Charts below it are drawn one after another: drawn together they would keep keys and frames waiting. */
export function TurnProvider({ children }: { children: ReactNode }) {
  const [turns] = useState(() => createTurns((run) => void window.setTimeout(run)));
  return <TurnContext value={turns}>{children}</TurnContext>;
}

/** True once it is this chart's turn, and from then on. */
export function useTurn(): boolean {
  const turns = use(TurnContext);
  const [come, setCome] = useState(turns === null);
  useEffect(() => turns?.ask(() => setCome(true)), [turns]);
  return come;
}
