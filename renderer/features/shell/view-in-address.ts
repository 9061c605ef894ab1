/** Keeps the view and the open order in the page's address, so that a reload and the back button find them. */
import type { StoreApi } from 'zustand/vanilla';
import type { OrderKey } from '../../store/order-key.ts';
import type { UiModel } from '../../store/ui-store.ts';

type Place = Pick<UiModel, 'view' | 'opened'>;

/** All but the desk, which also names the order that is open. */
const places = ['counter', 'replay', 'insights', 'health', 'settings'] as const satisfies readonly UiModel['view'][];

/** `#/counter`, `#/replay`, `#/insights`, `#/health`, `#/settings`, `#/desk`, `#/desk/STORE/ORDER`. What does not read as a place is the desk. */
export function placeOf(hash: string): Place {
  const [, view, store, order] = hash.split('/').map(decoded);
  const place = places.find((each) => each === view);
  if (place) return { view: place, opened: null };
  return { view: 'desk', opened: store && order ? (`${store}/${order}` satisfies OrderKey) : null };
}

/** The pairing link in `#/pair/LINK`; null in any other place. */
export function pairingLinkOf(hash: string): string | null {
  const [, view, link] = hash.split('/').map(decoded);
  return view === 'pair' && link ? link : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export function hashOf({ view, opened }: Place): string {
  if (view !== 'desk') return `#/${view}`;
  return opened ? `#/desk/${opened.split('/').map(encodeURIComponent).join('/')}` : '#/desk';
}

/** @returns a function that ends it */
export function watchView(window: Window, ui: StoreApi<UiModel>): () => void {
  const read = () => {
    const pairingLink = pairingLinkOf(window.location.hash);
    if (pairingLink !== null) {
      ui.setState({ pairingLink });
      // The code is not kept in the address, where a reload would offer it again.
      window.history.replaceState(null, '', '#/desk');
    }
    const place = placeOf(window.location.hash);
    ui.setState(place.opened ? { ...place, active: place.opened } : place);
  };
  read();
  window.addEventListener('hashchange', read);
  const end = ui.subscribe((model, before) => {
    if (model.view === before.view && model.opened === before.opened) return;
    const hash = hashOf(model);
    if (hash === window.location.hash) return;
    // Walking the queue with a case open would fill the history; only a change of view is worth going back to.
    if (model.view === before.view) window.history.replaceState(null, '', hash);
    else window.history.pushState(null, '', hash);
  });
  return () => {
    window.removeEventListener('hashchange', read);
    end();
  };
}
