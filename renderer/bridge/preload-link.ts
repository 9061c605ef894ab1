/** The link of a page whose preload script gave it the bridge: open for as long as the page lives. */
import type { TillwatchBridge } from '../../contract/bridge.ts';
import type { DeskLink } from './desk-link.ts';

export function createPreloadLink(bridge: TillwatchBridge): DeskLink {
  return {
    bridge,
    watch: (listener) => {
      listener({ state: 'open' });
      return () => undefined;
    },
    retry: () => undefined,
    close: () => undefined,
  };
}
