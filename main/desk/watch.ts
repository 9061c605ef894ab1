import type { ConnectionSegment } from '../../contract/history.ts';
import type { DeskState } from '../../contract/ipc.ts';
import type { GatewayHealth, SnapshotReason } from '../../contract/protocol.ts';
import { GatewayClock } from './clock/gateway-clock.ts';
import { SteadyClock } from './clock/steady-clock.ts';
import { CommandBook } from './commands/command-book.ts';
import { CommandCourier } from './commands/command-courier.ts';
import type { CommandLine } from './commands/command-line.ts';
import { Attempt } from './connection/attempt.ts';
import type { AttemptListener } from './connection/attempt.ts';
import { Connection } from './connection/connection.ts';
import { isLoopback } from '../../contract/loopback.ts';
import type { GatewayApi } from './connection/gateway-api.ts';
import { currentAttempt, publicState } from './connection/link.ts';
import type { Link, Way } from './connection/link.ts';
import { Absence } from './delivery/absence.ts';
import type { Applied } from './delivery/apply-events.ts';
import { Library } from './delivery/library.ts';
import { momentsOf } from './delivery/moments.ts';
import { Refetch } from './delivery/refetch.ts';
import type { StoreBook } from './delivery/store-book.ts';
import { deskState } from './desk-state.ts';
import { DeskError } from './desk.ts';
import type { DeskOptions } from './desk.ts';
import type { Journal } from './journal/journal.ts';
import type { Pairing } from './pairing/pairing.ts';
import { ConnectionHistory } from './past/connection-history.ts';
import { Relay } from './relay/relay.ts';
import { timing } from './timing.ts';
import { startUpkeep } from './upkeep.ts';

const WALL_OFFSET = 'wall-offset';
const OWNER = 'owner';

/** The desk at work: what is paired is watched, journalled and told to the renderers. */
export class Watch {
  readonly relay: Relay;
  readonly library: Library;
  readonly connection: Connection;
  readonly commands: CommandCourier;
  readonly commandBook: CommandBook;
  readonly #options: DeskOptions;
  readonly #timing: ReturnType<typeof timing>;
  readonly #clock: GatewayClock;
  readonly #steady: SteadyClock;
  readonly #refetch: Refetch;
  readonly #absence = new Absence();
  readonly #history = new ConnectionHistory();
  #journal: Journal | null = null;
  #pairing: Pairing | null = null;
  #endUpkeep: () => void = () => undefined;
  #since: number;
  #gatewayVersion: string | null = null;
  #lastHeardAt: number | null = null;
  #reconnects = 0;
  #withdrawnStores: DeskState['withdrawn'] = [];

  constructor(options: DeskOptions) {
    const { time } = options;
    this.#options = options;
    this.#timing = timing(options.timeScale, options.timings);
    this.#clock = new GatewayClock(time);
    this.#steady = new SteadyClock(time);
    this.#since = this.#steady.now();
    this.library = new Library({
      now: () => this.#clock.now(),
      changed: (store, orders, removed) => this.relay.changed(store, orders, removed),
      replaced: (store) => this.relay.replaced(store),
      incomplete: () => this.#refetch.wake(),
      unmatched: (store, payments) => this.relay.unmatched(store, payments),
    });
    this.relay = new Relay(
      {
        state: () => this.state(),
        current: () => this.connection.link.state === 'live',
        stores: () => this.library.books.map(({ store }) => store.id),
        orders: (store) => this.library.book(store)?.orders ?? new Map(),
        unmatched: (store) => this.library.book(store)?.unmatched ?? new Map(),
        seq: (store) => this.library.book(store)?.seq ?? 0,
      },
      time,
    );
    const shared = { time, timing: this.#timing };
    this.commandBook = new CommandBook(() => this.relay.state(true));
    const line = (): CommandLine | null => this.connection.attempt?.line ?? null;
    this.commands = new CommandCourier({ ...shared, line, book: this.commandBook });
    this.#refetch = new Refetch({ ...shared, api: () => this.api, books: () => this.library.books });
    this.connection = this.#newConnection();
  }

  get pairing(): Pairing | null {
    return this.#pairing;
  }

  /** REST at the gateway while a connection carries the desk. */
  get api(): GatewayApi | null {
    const { state } = this.connection.link;
    return state === 'live' || state === 'catching-up' ? (this.connection.attempt?.api ?? null) : null;
  }

  /** The gateway's time by this desk's estimate, epoch milliseconds. */
  get gatewayNow(): number {
    return this.#clock.now();
  }

  get journal(): Journal | null {
    return this.#journal;
  }

  /** Shows what the journal holds, as of when it was current, then connects when paired. */
  open(journal: Journal, pairing: Pairing | null): void {
    this.#journal = journal;
    this.#pairing = pairing;
    this.#history.open(journal);
    // A journal of another pairing is not this desk's: whoever paired anew must not see what was watched before.
    if (pairing && journal.note(OWNER) !== pairing.deskId) this.#begin(pairing);
    else this.library.open(journal, pairing?.stores ?? []);
    this.commandBook.open(journal);
    this.#clock.restore(Number(journal.note(WALL_OFFSET) ?? Number.NaN));
    journal.onState(() => {
      if (this.#pairing) journal.setNote(OWNER, this.#pairing.deskId);
      this.relay.notice({ kind: 'journal' });
      this.relay.state(true);
    });
    if (journal.state.state !== 'ok') this.relay.notice({ kind: 'journal' });
    for (const { store } of this.library.books) this.relay.replaced(store.id);
    if (!pairing) this.#observe();
    this.#left();
    this.#endUpkeep = startUpkeep({
      time: this.#options.time,
      timing: this.#timing,
      save: () => this.#save(),
      trim: () => this.#trim(),
      clocks: { jumped: (unseenMs) => this.#jumped(unseenMs), setBack: () => this.relay.state(true) },
    });
    if (pairing) this.connection.dispatch({ type: 'paired' });
    this.relay.state(true);
  }

  /** Takes up a new pairing, or none: what was held is another one's and is forgotten. */
  repair(pairing: Pairing | null): void {
    this.connection.dispatch({ type: 'unpaired' });
    this.#pairing = pairing;
    this.#gatewayVersion = this.#lastHeardAt = null;
    this.#begin(pairing);
    this.#left();
    if (pairing) this.connection.dispatch({ type: 'paired' });
    this.relay.state(true);
  }

  /** How the connection went in the last hours, device time. */
  segments(hours: number): ConnectionSegment[] {
    return this.#history.segments(hours, this.#options.time.now());
  }

  state(): DeskState {
    const { link, attempt } = this.connection;
    return deskState({
      link,
      since: this.#since,
      pairing: this.#pairing,
      gatewayVersion: this.#gatewayVersion,
      transport: attempt?.transport ?? null,
      lastHeardAt: this.#lastHeardAt,
      reconnects: this.#reconnects,
      clock: this.#clock,
      steady: this.#steady,
      journal: this.#journal?.state ?? { state: 'ok' },
      keyStorage: this.#options.secrets.kind,
      books: this.library.books,
      withdrawn: this.#withdrawnStores,
      commands: this.commandBook.views(),
    });
  }

  close(): void {
    this.#endUpkeep();
    this.#refetch.close();
    this.commands.close();
    if (this.#journal) this.#save();
    this.connection.dispatch({ type: 'close' });
    this.relay.close();
    this.#journal?.close();
  }

  #newConnection(): Connection {
    const { time, log } = this.#options;
    return new Connection({
      time,
      steady: this.#steady,
      timing: this.#timing,
      loopback: () => this.#pairing !== null && isLoopback(new URL(this.#pairing.gateway).hostname),
      attempt: (listener, way) => this.#attempt(listener, way),
      told: {
        heard: () => this.#heard(),
        health: (health) => this.#health(health),
        applied: (book, applied) => this.#applied(book, applied),
        snapshotTaken: (store, reason) => this.#snapshotTaken(store, reason),
        withdrawn: (store) => this.#withdrawn(store),
        renamed: () => this.relay.state(false),
      },
      changed: (link, before) => this.#linkChanged(link, before),
      log,
    });
  }

  #attempt(listener: AttemptListener, way: Way): Attempt {
    if (!this.#pairing) throw new DeskError('unpaired', 'This device is not paired with a gateway.');
    const { network, time, version } = this.#options;
    const books = this.library.books;
    const context = {
      way,
      books,
      network,
      time,
      version,
      pairing: this.#pairing,
      timing: this.#timing,
      clock: this.#clock,
    };
    return new Attempt(context, listener);
  }

  #begin(pairing: Pairing | null): void {
    const gone = this.library.forget();
    this.#withdrawnStores = [];
    this.#journal?.clear();
    this.#history.forget();
    this.commandBook.forget();
    if (pairing && this.#journal) {
      this.library.open(this.#journal, pairing.stores);
      this.#journal.setNote(OWNER, pairing.deskId);
    }
    for (const store of gone) this.relay.replaced(store);
  }

  /** While current, any sign of life proves that what was said before it has arrived. */
  #heard(): void {
    this.#lastHeardAt = this.#steady.now();
    this.#observe();
    this.#provenCurrent();
    this.relay.state(false);
  }

  #provenCurrent(): void {
    if (this.connection.link.state !== 'live') return;
    for (const book of this.library.books) book.provenCurrent(this.#clock.now());
  }

  #health(health: GatewayHealth): void {
    this.#gatewayVersion = health.version;
    const { books } = this.library;
    for (const book of books) book.hearSources(health.sources, health.sentAt, books.length === 1);
    this.relay.state(false);
  }

  #applied(book: StoreBook, applied: Applied): void {
    const missed = this.connection.link.state !== 'live' && this.#absence.counting;
    if (missed) this.#absence.missed(applied.events.length);
    // Of what was before this desk ever watched, nothing is news.
    if (missed || this.connection.link.state === 'live') {
      this.relay.moments(momentsOf(applied.events, (id) => book.orders.get(id), missed));
    }
    this.relay.state(false);
  }

  #snapshotTaken(store: string, reason: SnapshotReason | null): void {
    if (reason !== null) this.relay.notice({ kind: 'snapshot', reason, store });
    this.relay.state(false);
  }

  /** What this desk may not watch it does not keep either; the next start asks for it again. */
  #withdrawn(id: string): void {
    const store = this.library.withdraw(id);
    if (!store) return;
    this.#withdrawnStores.push({ id, name: store.name });
    this.#options.log('warn', 'a store was taken from this desk', { store: id });
    this.relay.replaced(id);
    this.relay.state(true);
  }

  #linkChanged(link: Link, before: Link): void {
    const was = before.state === 'live';
    const is = link.state === 'live';
    this.#observe();
    if (was !== is) this.#since = this.#steady.now();
    if ('connectedAt' in before && !('connectedAt' in link)) this.#reconnects += 1;
    if (was && !is) {
      this.#left();
      this.#save();
    }
    if (is && !was) this.#back();
    if (link.state !== before.state || currentAttempt(link) !== currentAttempt(before)) this.commands.settle();
    if (link.state !== before.state) this.#options.log('info', 'connection', { state: link.state });
    this.relay.state(link.state !== before.state);
  }

  #trim(): boolean {
    this.commandBook.trim(this.#options.time.now());
    this.#history.trim(this.#options.time.now());
    return this.library.trim(this.#clock.now(), this.#options.retentionHours?.());
  }

  #left(): void {
    this.#absence.left(this.state().asOf);
  }

  #back(): void {
    this.#provenCurrent();
    const notice = this.#absence.back(this.#clock.now());
    if (notice) this.relay.notice(notice);
    this.#refetch.wake();
  }

  #jumped(unseenMs: number): void {
    this.#steady.slept(unseenMs);
    this.#clock.suspect(unseenMs);
    this.#options.log('warn', 'the clock jumped', { unseenMs: Math.round(unseenMs) });
    this.connection.dispatch({ type: 'clock-jump' });
    this.relay.state(true);
  }

  #observe(): void {
    const { link, attempt } = this.connection;
    this.#history.observe(
      publicState(link, (moment) => this.#steady.onTheWall(moment)),
      attempt?.transport ?? null,
      this.#options.time.now(),
    );
  }

  #save(): void {
    this.#history.alive(this.#options.time.now());
    for (const book of this.library.books) book.save();
    this.#journal?.setNote(WALL_OFFSET, String(this.#clock.wallOffset));
  }
}
