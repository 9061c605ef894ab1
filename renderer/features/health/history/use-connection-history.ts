import { useEffect, useState } from 'react';
import type { ConnectionSegment } from '../../../../contract/history.ts';
import { useApp, useDesk, useTick } from '../../../store/app-context.tsx';

export type ConnectionHistory =
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly segments: readonly ConnectionSegment[] }
  | { readonly state: 'unknown'; readonly message: string };

const MINUTE_MS = 60_000;

/** How the connection was, asked again each minute and whenever its state changes. */
export function useConnectionHistory(hours: number): ConnectionHistory {
  const { link } = useApp();
  const minute = useTick(({ now }) => Math.floor(now / MINUTE_MS));
  const state = useDesk((model) => (model.link.state === 'open' ? model.desk?.connection.state : model.link.state));
  const [history, setHistory] = useState<ConnectionHistory>({ state: 'asking' });
  useEffect(() => {
    let wanted = true;
    link.bridge.readConnectionHistory({ hours }).then(
      ({ segments }) => {
        if (wanted) setHistory({ state: 'known', segments });
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (wanted) setHistory({ state: 'unknown', message });
      },
    );
    return () => {
      wanted = false;
    };
  }, [link, hours, minute, state]);
  return history;
}
