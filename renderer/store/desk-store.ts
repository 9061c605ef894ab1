/** What the screen knows: the desk's state, the orders of every store, and what happened while nobody looked. */
import type { AppInfo, DeskNotice, DeskState, Moment, OrdersPush, UnmatchedPush } from '../../contract/ipc.ts';
import type { Order } from '../../contract/order.ts';
import type { DoctorReport } from '../../contract/doctor.ts';
import { usualSettings } from '../../contract/settings.ts';
import type { Settings } from '../../contract/settings.ts';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { LinkState } from '../bridge/desk-link.ts';
import { arrangementOf } from './arrangement.ts';
import { nothingHeard, reactTo } from './moments.ts';
import type { Heard, MomentSound } from './moments.ts';
import { applyOrders, createOrderBook } from './order-book.ts';
import type { OrderBook } from './order-book.ts';
import type { OrderKey } from './order-key.ts';
import { QueueIndex } from './queue-index.ts';
import { SourceBook } from './source-book.ts';
import { TallyBook } from './tally.ts';
import { withoutStores, withUnmatched } from './unmatched-book.ts';
import type { UnmatchedBook } from './unmatched-book.ts';
import type { Rank } from './urgency.ts';

/** A row flashes for the moment that brought the money; another moment flashes it anew. */
export interface Flash {
  readonly seq: number;
  readonly sound: MomentSound;
  /** Gateway time at which this screen was told of it. */
  readonly at: number;
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
  /** As the settings arrange it. */
  readonly queue: readonly Rank[];
  /** Where the orders held come from, by name. */
  readonly sources: readonly string[];
  /** True once every store's picture is whole. */
  readonly complete: boolean;
  readonly flashes: ReadonlyMap<OrderKey, Flash>;
  readonly missed: readonly Moment[];
  readonly digest: Digest | null;
  /** A new picture was taken instead of a resumption, and why. */
  readonly snapshot: DeskNotice | null;
  /** The doctor's newest report, also one that goes on; null before there was any. */
  readonly doctor: DoctorReport | null;
  /** Money that no order explains, of every store. */
  readonly unmatched: UnmatchedBook;
  /** The profile's settings, with what this window changed and the host has not told back yet. */
  readonly settings: Settings;
  /** False until the host has told them. */
  readonly settingsKnown: boolean;
  /** Why the last change of them is not kept, in words; null while all are. */
  readonly settingsFault: string | null;
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
  sources: [],
  complete: false,
  flashes: new Map(),
  missed: [],
  digest: null,
  snapshot: null,
  doctor: null,
  unmatched: new Map(),
  settings: usualSettings,
  settingsKnown: false,
  settingsFault: null,
};

export class DeskStore {
  readonly api: StoreApi<DeskModel>;
  /** The figures of the orders held; whenever they change, `version` does. */
  readonly tally = new TallyBook();
  readonly #gatewayNow: () => number;
  readonly #books = new Map<string, OrderBook>();
  readonly #orders = new Map<OrderKey, Order>();
  readonly #index = new QueueIndex();
  readonly #sources = new SourceBook();
  #heard: Heard = nothingHeard;
  /** An absence makes one sound at most, in however many messages it is told [FR3]. */
  #absenceSounded = false;

  /** @param gatewayNow the gateway's time, epoch milliseconds, read whenever orders are put in order */
  constructor(gatewayNow: () => number) {
    this.#gatewayNow = gatewayNow;
    this.api = createStore<DeskModel>(() => ({ ...empty, orders: this.#orders }));
  }

  takeLink(link: LinkState): void {
    const { doctor } = this.api.getState();
    // Nothing more is heard of an examination whose host has gone.
    const cut = link.state !== 'open' && doctor !== null && doctor.running !== null;
    this.api.setState({ link, ...(cut && { doctor: null }) });
  }

  takeInfo(info: AppInfo): void {
    this.api.setState({ info });
  }

  takeState(desk: DeskState): void {
    const before = this.api.getState().desk;
    if (before?.current && !desk.current) this.#absenceSounded = false;
    this.#forgetOldLogs(before, desk);
    if (before?.desk && desk.desk?.id !== before.desk.id) this.#forgetOtherDesk();
    const gone = this.#forgetStores(desk);
    const unmatched = withoutStores(this.api.getState().unmatched, new Set(desk.stores.map(({ id }) => id)));
    this.api.setState({ desk, unmatched, ...(gone ? this.#shown() : {}), complete: this.#isComplete(desk) });
  }

  takeOrders(push: OrdersPush): void {
    this.#put(push);
    this.api.setState(this.#shown());
  }

  /** @returns the sound to make, if any */
  takeMoments(moments: readonly Moment[]): MomentSound | null {
    const reaction = reactTo(this.#heard, moments, (key) => this.#orders.get(key));
    this.#heard = reaction.heard;
    const { flashes, missed, digest } = this.api.getState();
    const at = this.#gatewayNow();
    const lit = reaction.flashes.map(({ key, moment: { seq }, sound }) => [key, { seq, sound, at }] as const);
    this.api.setState({
      flashes: lit.length === 0 ? flashes : new Map([...flashes, ...lit].slice(-MOST_FLASHES)),
      // What was missed may be told before or after the notice that the desk has caught up.
      ...(digest === null
        ? { missed: joined(missed, reaction.missed) }
        : { digest: { ...digest, moments: joined(digest.moments, reaction.missed) } }),
    });
    if (reaction.sound) return reaction.sound;
    const sound = this.#absenceSounded ? null : reaction.missedSound;
    this.#absenceSounded ||= sound !== null;
    return sound;
  }

  takeNotice(notice: DeskNotice): void {
    if (notice.kind === 'snapshot') this.api.setState({ snapshot: notice });
    if (notice.kind !== 'caught-up') return;
    const { digest, missed } = this.api.getState();
    this.api.setState({ digest: digestOf(digest, notice, missed), missed: [] });
  }

  takeUnmatched(push: UnmatchedPush): void {
    this.api.setState(({ unmatched }) => ({ unmatched: withUnmatched(unmatched, push) }));
  }

  takeSettings(settings: Settings): void {
    const moved = this.#index.arrange(arrangementOf(settings), this.#orders, this.#gatewayNow());
    this.api.setState({ settings, settingsKnown: true, ...(moved && this.#shown()) });
  }

  takeSettingsFault(settingsFault: string | null): void {
    this.api.setState({ settingsFault });
  }

  takeDoctor(doctor: DoctorReport): void {
    this.api.setState({ doctor });
  }

  /** Moves what time alone has moved. */
  retime(): void {
    if (this.#index.retime(this.#gatewayNow())) this.api.setState(this.#shown());
  }

  dismissDigest(): void {
    this.api.setState({ digest: null });
  }

  dismissSnapshot(): void {
    this.api.setState({ snapshot: null });
  }

  #put(push: OrdersPush): void {
    const book = this.#books.get(push.store) ?? createOrderBook();
    this.#books.set(push.store, book);
    const changes = applyOrders(book, push);
    for (const [key, order] of changes) {
      const before = this.#orders.get(key);
      this.tally.replace(key, before, order ?? undefined);
      this.#sources.replace(before, order ?? undefined);
      if (order) this.#orders.set(key, order);
      else this.#orders.delete(key);
    }
    this.#index.apply(changes, this.#gatewayNow());
  }

  #shown(): Pick<DeskModel, 'queue' | 'sources' | 'version' | 'complete'> {
    const { version, desk } = this.api.getState();
    return {
      queue: this.#index.sorted,
      sources: this.#sources.names,
      version: version + 1,
      complete: this.#isComplete(desk),
    };
  }

  #isComplete(desk: DeskState | null): boolean {
    return desk !== null && desk.stores.every(({ id }) => this.#books.get(id)?.complete ?? false);
  }

  /** What was heard of a log means nothing for the one that took its place: its numbers start anew. */
  #forgetOldLogs(before: DeskState | null, desk: DeskState): void {
    const epochs = new Map(before?.stores.map(({ id, epoch }) => [id, epoch]));
    const last = new Map(this.#heard.last);
    for (const { id, epoch } of desk.stores) if (epochs.has(id) && epochs.get(id) !== epoch) last.delete(id);
    this.#heard = { last };
  }

  /** Another gateway is shown, or none: nothing that was told of the one before is told of this one. */
  #forgetOtherDesk(): void {
    this.#heard = nothingHeard;
    this.api.setState({ flashes: new Map(), missed: [], digest: null, snapshot: null, doctor: null });
  }

  /** Forgets stores this desk no longer has. @returns true when there were any */
  #forgetStores(desk: DeskState): boolean {
    const kept = new Set(desk.stores.map(({ id }) => id));
    const gone = [...this.#books].filter(([id]) => !kept.has(id));
    for (const [store, { orders }] of gone) {
      this.#put({ store, reset: true, complete: true, orders: [], removed: [...orders.keys()], seq: 0 });
      this.#books.delete(store);
    }
    return gone.length > 0;
  }
}

/** The same array when nothing is added, so that nothing is drawn for it. */
function joined(before: readonly Moment[], more: readonly Moment[]): readonly Moment[] {
  return more.length === 0 ? before : [...before, ...more].slice(-MOST_MISSED);
}

/** Adds an absence to one that was not dismissed yet, so that nothing of it is lost from sight. */
function digestOf(before: Digest | null, notice: DeskNotice, missed: readonly Moment[]): Digest | null {
  const events = notice.events ?? missed.length;
  if (events === 0) return before;
  return {
    events: (before?.events ?? 0) + events,
    from: before?.from ?? notice.from ?? null,
    to: notice.to ?? null,
    moments: joined(before?.moments ?? [], missed),
  };
}
