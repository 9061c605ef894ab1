/** Composition root of the renderer: makes every part once, ties them, and draws. */
import './without-eval.ts';
import './ui/styles.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { openLink } from './bridge/open-link.ts';
import { App } from './features/shell/app.tsx';
import { DeskStore } from './store/desk-store.ts';
import { createGatewayClock } from './store/gateway-clock.ts';
import { runDesk } from './store/run-desk.ts';
import { createStoreDay } from './store/store-day.ts';
import { createTicker } from './store/ticker.ts';
import { loudnessOf } from './store/loudness.ts';
import { createUiStore } from './store/ui-store.ts';
import { createChime } from './ui/chime.ts';
import { watchView } from './features/shell/view-in-address.ts';

/** The nonce of this response, with which the component library marks the styles it adds. */
function nonceOf(document: Document): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

function after(delayMs: number, run: () => void): () => void {
  const timer = window.setTimeout(run, delayMs);
  return () => window.clearTimeout(timer);
}

function start(root: HTMLElement): void {
  const nonce = nonceOf(document);
  if (nonce !== '') setNonce(nonce);
  const clock = createGatewayClock({ monotonic: () => performance.now(), wall: () => Date.now() });
  const ticker = createTicker(clock, after);
  const desk = new DeskStore(() => clock.read().now);
  const ui = createUiStore('desk');
  const link = openLink(window);
  const chime = createChime(window, (sound) => loudnessOf(desk.api.getState().settings, sound, new Date()));
  const endView = watchView(window, ui);
  const end = runDesk({ link, store: desk, clock, ticker, play: chime.play });
  window.addEventListener('pagehide', () => {
    end();
    endView();
    chime.close();
  });
  const parts = {
    ...{ link, desk, ui, ticker, chime },
    haystack: new WeakMap(),
    storeDay: createStoreDay(),
    monotonic: () => performance.now(),
  };
  createRoot(root).render(<App parts={parts} nonce={nonce} />);
}

const root = document.getElementById('root');
if (root) start(root);
