/** Chooses the link: the preload's bridge where there is one, else the browser host this page came from. */
import type { DeskLink } from './desk-link.ts';
import { createElectronBridge } from './electron-bridge.ts';
import { offerDownload } from './offer-download.ts';
import { createPreloadLink } from './preload-link.ts';
import { SocketLink } from './socket-link.ts';

export function openLink(window: Window & typeof globalThis): DeskLink {
  if (window.tillwatchHost) return createPreloadLink(createElectronBridge(window.tillwatchHost));
  const url = new URL('/ipc', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new SocketLink({
    open: () => new window.WebSocket(url),
    now: () => window.performance.now(),
    wall: () => Date.now(),
    after: (delayMs, run) => {
      const timer = window.setTimeout(run, delayMs);
      return () => window.clearTimeout(timer);
    },
    offer: (file) => offerDownload(file, window),
  });
}
