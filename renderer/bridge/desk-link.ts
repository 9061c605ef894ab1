/** The way to the main process, whichever host carries it, and whether it is open. */
import type { TillwatchBridge, TillwatchHost } from '../../contract/bridge.ts';

export type LinkState =
  | { readonly state: 'opening' }
  | { readonly state: 'open' }
  /** Nothing comes from the local host any more, since this device time; `retryAt` is the page's monotonic time. */
  | {
      readonly state: 'lost';
      readonly since: number;
      readonly retryAt: number;
      /** `unreadable`: the host speaks, but not as this page understands, so the page is of another version. */
      readonly reason: 'gone' | 'unreadable';
    };

export interface DeskLink {
  readonly bridge: TillwatchBridge;
  /** Tells the state at once and whenever it changes. @returns a function that ends the subscription */
  readonly watch: (listener: (state: LinkState) => void) => () => void;
  /** Tries again at once where it waits to. */
  readonly retry: () => void;
  readonly close: () => void;
}

declare global {
  interface Window {
    /** Given by the preload script under Electron. */
    readonly tillwatchHost?: TillwatchHost;
  }
}
