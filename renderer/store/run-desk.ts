/** Ties the link to the store: what the main process pushes goes in, and a link that opens again attaches anew. */
import type { SoundKind } from '../../contract/settings.ts';
import type { DeskLink } from '../bridge/desk-link.ts';
import type { DeskStore } from './desk-store.ts';
import type { GatewayClock } from './gateway-clock.ts';
import { watchAbsence, watchingAbsence } from './absence-watch.ts';
import { standingOf } from './standing.ts';
import type { Ticker } from './ticker.ts';

export interface DeskParts {
  readonly link: DeskLink;
  readonly store: DeskStore;
  readonly clock: GatewayClock;
  readonly ticker: Ticker;
  readonly play: (sound: SoundKind) => void;
}

/** @returns a function that ends everything it started */
export function runDesk({ link, store, clock, ticker, play }: DeskParts): () => void {
  const { bridge } = link;
  async function attach(): Promise<void> {
    try {
      store.takeInfo(await bridge.appInfo({}));
      await bridge.attachDesk({});
    } catch {
      // A link that is lost in between says so by itself, and attaches again once it is back.
    }
  }
  const ends = [
    bridge.onDeskState((desk) => {
      clock.take(desk.clock);
      store.takeState(desk);
      ticker.beat();
    }),
    bridge.onDeskOrders((push) => store.takeOrders(push)),
    bridge.onDeskMoments(({ moments }) => {
      const sound = store.takeMoments(moments);
      if (sound) play(sound);
    }),
    bridge.onDeskNotice((notice) => store.takeNotice(notice)),
    bridge.onDeskUnmatched((push) => store.takeUnmatched(push)),
    bridge.onSettings((settings) => store.takeSettings(settings)),
    bridge.onDeskDoctor((report) => store.takeDoctor(report)),
    ticker.subscribe(() => store.retime()),
    hearAbsences({ store, clock, ticker, play }),
    link.watch((state) => {
      store.takeLink(state);
      if (state.state === 'open') void attach();
    }),
  ];
  return () => {
    for (const end of ends) end();
    ticker.close();
    link.close();
  };
}

/**
 * Looks at each beat and each change: a beat alone would miss a desk that is live for less than a second.
 * @returns a function that ends it
 */
function hearAbsences({ store, clock, ticker, play }: Omit<DeskParts, 'link'>): () => void {
  let watch = watchingAbsence;
  let was = standingOf(store.api.getState());
  const look = (): void => {
    const is = standingOf(store.api.getState());
    const next = watchAbsence(watch, was, is, clock.read().now);
    [watch, was] = [next.watch, is];
    if (next.sounds) play('lost');
  };
  const ends = [ticker.subscribe(look), store.api.subscribe(look)];
  return () => ends.forEach((end) => end());
}
