import { useMemo } from 'react';
import { useDesk } from './app-context.tsx';
import { asOfStanding, standingOf } from './standing.ts';
import type { Standing } from './standing.ts';
import { usePast } from './past.tsx';

/** Draws again only when it is another kind. */
export function useStandingKind(): Standing['kind'] {
  return useDesk((model) => standingOf(model).kind);
}

export function useStanding(): Standing {
  const link = useDesk((model) => model.link);
  const desk = useDesk((model) => model.desk);
  const complete = useDesk((model) => model.complete);
  return useMemo(() => standingOf({ link, desk, complete }), [link, desk, complete]);
}

/**
 * null while current; else the time up to which what is shown was, `0` when never. A past moment is never current. A row
 * draws again only when it changes.
 */
export function useAsOf(): number | null {
  const past = usePast();
  const asOf = useDesk((model) => asOfStanding(standingOf(model)));
  return past ?? asOf;
}
