/** What the screen knows: the desk's state, the orders of every store, and what happened while nobody looked. */
import type { AppInfo, DeskNotice, DeskState, Moment, OrdersPush } from '../../contract/ipc.ts';
import type { Order } from '../../contract/order.ts';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { LinkState } from '../bridge/desk-link.ts';
import { nothingHeard, reactTo } from './moments.ts';
import type { Heard, Sound } from './moments.ts';
import { applyOrders, createOrderBook } from './order-book.ts';
import type { OrderBook } from './order-book.ts';
import type { OrderKey } from './order-key.ts';
import { createQueueIndex } from './queue-index.ts';
import type { Rank } from './urgency.ts';

/** A row flashes for the moment that brought the money; another moment flashes it anew. */
export interface Flash {
  readonly seq: number;
  readonly sound: Sound;
}

/** What happened during an absence [FR3]. */
export interface Digest {
  readonly events: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly moments: readonly Moment[];
}

export interface DeskModel {
  readonly link: LinkState;
  readonly info: AppInfo | null;
  readonly desk: DeskState | null;
  /** All orders held by key; changed in place, see OrderBook. `version` tells that something in it changed. */
  readonly orders: ReadonlyMap<OrderKey, Order>;
  readonly version: number;
  /** Most urgent first. */
  readonly queue: readonly Rank[];
  /** True once every store's picture is whole. */
  readonly complete: boolean;
  readonly flashes: ReadonlyMap<OrderKey, Flash>;
  readonly missed: readonly Moment[];
  readonly digest: Digest | null;
  /** A new picture was taken instead of a resumption, and why. */
  readonly snapshot: DeskNotice | null;
}

export interface DeskStore {
  readonly api: StoreApi<DeskModel>;
  takeLink(link: LinkState): void;
  takeInfo(info: AppInfo): void;
  takeState(desk: DeskState): void;
  takeOrders(push: OrdersPush): void;
  /** @returns the sound to make, if any */
  takeMoments(moments: readonly Moment[]): Sound | null;
  takeNotice(notice: DeskNotice): void;
  /** Moves what time alone has moved. */
  retime(): void;
  dismissDigest(): void;
  dismissSnapshot(): void;
}

/** Missed moments kept for the digest; older ones are counted by its number of events all the same. */
const MOST_MISSED = 500;
/** Flashes remembered; one is over after seconds, so that few are ever on the screen. */
const MOST_FLASHES = 64;

const empty: DeskModel = {
  link: { state: 'opening' },
  info: null,
  desk: null,
  orders: new Map(),
  version: 0,
  queue: [],
  complete: false,
  flashes: new Map(),
  missed: [],
  digest: null,
  snapshot: null,
};

/** @param gatewayNow the gateway's time, epoch milliseconds, read whenever orders are put in order */
export function createDeskStore(gatewayNow: () => number): DeskStore {
  const books = new Map<string, OrderBook>();
  const orders = new Map<OrderKey, Order>();
  const index = createQueueIndex();
  let heard: Heard = nothingHeard;
  const api = createStore<DeskModel>(() => ({ ...empty, orders }));

  function bookOf(store: string): OrderBook {
    const book = books.get(store) ?? createOrderBook();
    books.set(store, book);
    return book;
  }

  function isComplete(desk: DeskState | null): boolean {
    return desk !== null && desk.stores.every(({ id }) => books.get(id)?.complete ?? false);
  }

  /** Forgets stores this desk no longer has, and what was heard of a log that another took the place of. */
  function adopt(before: DeskState | null, desk: DeskState): void {
    const epochs = new Map(before?.stores.map(({ id, epoch }) => [id, epoch]));
    const last = new Map(heard.last);
    for (const { id, epoch } of desk.stores) if (epochs.has(id) && epochs.get(id) !== epoch) last.delete(id);
    heard = { last };
    const kept = new Set(desk.stores.map(({ id }) => id));
    const gone = [...books.keys()].filter((id) => !kept.has(id));
    for (const id of gone) {
      const book = books.get(id);
      if (book) put({ store: id, reset: false, complete: true, orders: [], removed: [...book.orders.keys()], seq: 0 });
      books.delete(id);
      last.delete(id);
    }
  }

  function put(push: OrdersPush): void {
    const changes = applyOrders(bookOf(push.store), push);
    for (const [key, order] of changes) {
      if (order) orders.set(key, order);
      else orders.delete(key);
    }
    index.apply(changes, gatewayNow());
  }

  function shown(): Pick<DeskModel, 'queue' | 'version' | 'complete'> {
    const { version, desk } = api.getState();
    return { queue: index.sorted, version: version + 1, complete: isComplete(desk) };
  }

  return {
    api,
    takeLink: (link) => api.setState({ link }),
    takeInfo: (info) => api.setState({ info }),
    takeState: (desk) => {
      adopt(api.getState().desk, desk);
      api.setState({ desk, queue: index.sorted, complete: isComplete(desk) });
    },
    takeOrders: (push) => {
      put(push);
      api.setState(shown());
    },
    takeMoments: (moments) => {
      const reaction = reactTo(heard, moments);
      heard = reaction.heard;
      const { flashes, missed } = api.getState();
      const lit = [
        ...flashes,
        ...reaction.flashes.map(({ key, moment, sound }) => [key, { seq: moment.seq, sound }] as const),
      ];
      api.setState({
        flashes: reaction.flashes.length === 0 ? flashes : new Map(lit.slice(-MOST_FLASHES)),
        missed: reaction.missed.length === 0 ? missed : [...missed, ...reaction.missed].slice(-MOST_MISSED),
      });
      return reaction.sound;
    },
    takeNotice: (notice) => {
      if (notice.kind === 'snapshot') api.setState({ snapshot: notice });
      if (notice.kind !== 'caught-up') return;
      const { digest, missed } = api.getState();
      api.setState({ digest: digestOf(digest, notice, missed), missed: [] });
    },
    retime: () => {
      if (index.retime(gatewayNow())) api.setState(shown());
    },
    dismissDigest: () => api.setState({ digest: null }),
    dismissSnapshot: () => api.setState({ snapshot: null }),
  };
}

/** Adds an absence to one that was not dismissed yet, so that nothing of it is lost from sight. */
function digestOf(before: Digest | null, notice: DeskNotice, missed: readonly Moment[]): Digest | null {
  const events = notice.events ?? missed.length;
  if (events === 0) return before;
  return {
    events: (before?.events ?? 0) + events,
    from: before?.from ?? notice.from ?? null,
    to: notice.to ?? null,
    moments: [...(before?.moments ?? []), ...missed].slice(-MOST_MISSED),
  };
}
