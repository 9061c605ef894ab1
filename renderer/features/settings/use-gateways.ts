import { useCallback, useEffect, useRef, useState } from 'react';
import type { PairedGateway } from '../../../contract/gateways.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';

export interface Gateways {
  /** null until they are known. */
  readonly list: readonly PairedGateway[] | null;
  readonly failed: string | null;
  /** True while something is being done. */
  readonly busy: boolean;
  readonly read: () => Promise<void>;
  readonly show: (id: string) => Promise<void>;
  readonly forget: (id: string) => Promise<void>;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The gateways of this profile, read anew when the one on the screen changes. */
export function useGateways(): Gateways {
  const { bridge } = useApp().link;
  const [busy, setBusy] = useState(false);
  const { list, failed, read, setFailed } = useList();
  const attempt = async (what: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await what();
      await read();
    } catch (error) {
      setFailed(messageOf(error));
    }
    setBusy(false);
  };
  return {
    ...{ list, failed, busy, read },
    show: (id) => attempt(() => bridge.switchGateway({ id })),
    forget: (id) => attempt(() => bridge.forgetGateway({ id })),
  };
}

function useList() {
  const { bridge } = useApp().link;
  const shown = useDesk(({ desk }) => `${desk?.gateway?.url ?? ''} ${desk?.desk?.id ?? ''}`);
  const [list, setList] = useState<readonly PairedGateway[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const asked = useRef(0);
  const read = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const { gateways } = await bridge.listGateways({});
      // An answer that was overtaken by a newer question says nothing any more.
      if (mine !== asked.current) return;
      setList(gateways);
      setFailed(null);
    } catch (error) {
      if (mine === asked.current) setFailed(messageOf(error));
    }
  }, [bridge]);
  useEffect(() => {
    void read();
    return () => {
      asked.current += 1;
    };
  }, [read, shown]);
  return { list, failed, read, setFailed };
}
