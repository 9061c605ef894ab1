import { useEffect, useState } from 'react';
import type { RequestOutput } from '../../../contract/ipc.ts';
import { normalTerm } from '../../../contract/search-query.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { rankAnswers } from './rank-answers.ts';
import type { Answer } from './rank-answers.ts';

export type FinderSearch =
  | { readonly state: 'idle' }
  | { readonly state: 'searching'; readonly q: string }
  | {
      readonly state: 'found';
      readonly q: string;
      readonly answers: readonly Answer[];
      readonly from: RequestOutput<'orders.find'>['from'];
      readonly more: boolean;
    }
  | { readonly state: 'failed'; readonly q: string; readonly message: string };

/** Typing is over for now; milliseconds. */
const SETTLE_MS = 120;
/** Fewer signs fit nearly everything. */
const LEAST = 2;
const MOST = 12;

/** Looks for what was typed, once it rests; a late answer to an earlier question is not shown. */
export function useFinderSearch(typed: string): FinderSearch {
  const { link, ticker } = useApp();
  const q = typed.trim().slice(0, 256);
  const timeZone = useDesk(({ desk }) => desk?.stores[0]?.timeZone ?? 'UTC');
  // What the gateway knows may differ from what was found without it.
  const open = useDesk((model) => model.link.state === 'open' && (model.desk?.current ?? false));
  const [found, setFound] = useState<FinderSearch>({ state: 'idle' });
  const asks = normalTerm(q).length >= LEAST;
  useEffect(() => {
    if (!asks) return undefined;
    let mine = true;
    const ask = async (): Promise<void> => {
      try {
        const output = await link.bridge.findOrders({ q, limit: MOST });
        const answers = rankAnswers(output, q, { timeZone, now: ticker.read().now });
        if (mine) setFound({ state: 'found', q, answers, from: output.from, more: output.more });
      } catch (error) {
        if (mine) setFound({ state: 'failed', q, message: error instanceof Error ? error.message : String(error) });
      }
    };
    const timer = setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      mine = false;
      clearTimeout(timer);
    };
  }, [asks, q, link, ticker, timeZone, open]);
  if (!asks) return { state: 'idle' };
  return found.state !== 'idle' && found.q === q ? found : { state: 'searching', q };
}
