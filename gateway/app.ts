/** A gateway: everything wired, nothing yet listening. Sources, chains, time and log come from outside. */
import type { FastifyInstance } from 'fastify';
import { limits } from '../contract/protocol.ts';
import type { Store } from '../contract/protocol.ts';
import { DeskAuth } from './auth/desk-auth.ts';
import { RATES } from './auth/rates.ts';
import type { Rates } from './auth/rates.ts';
import type { ChainWatcher } from './chains/chain-watcher.ts';
import { CommandDesk } from './commands/command-desk.ts';
import { clientAddress } from './delivery/client-address.ts';
import { openDeskNamespace } from './delivery/desk/desk-namespace.ts';
import type { DeskNamespace } from './delivery/desk/desk-namespace.ts';
import { FLOW } from './delivery/desk/flow-window.ts';
import type { FlowLimits } from './delivery/desk/flow-window.ts';
import { drain } from './delivery/drain.ts';
import { EventFeed } from './delivery/event-feed.ts';
import { createForeignChanges } from './delivery/foreign-changes.ts';
import { createHttpServer } from './delivery/http-server.ts';
import { OpenPolls } from './delivery/open-polls.ts';
import type { MapDirectOrder, Services } from './delivery/services.ts';
import { Snapshots } from './delivery/snapshots.ts';
import { Agenda } from './diagnosis/agenda.ts';
import type { Diagnose } from './diagnosis/diagnosis.ts';
import { Reconsiderer } from './diagnosis/reconsiderer.ts';
import type { ReconsidererOptions } from './diagnosis/reconsiderer.ts';
import { UnfinishedErasing } from './erasing/unfinished-erasing.ts';
import { watchForeignWrites } from './foreign-writes.ts';
import { Expiry } from './intake/expiry.ts';
import { FreshnessBoard } from './intake/freshness-board.ts';
import type { WatchedLine } from './intake/freshness-board.ts';
import { Intake } from './intake/intake.ts';
import type { Clock, Closeable } from './ledger.ts';
import { Lines } from './lines.ts';
import type { Logger } from './logger.ts';
import { Matching } from './matching/matching.ts';
import type { Wallets } from './matching/wallets.ts';
import type { Holdings } from './metrics/figures.ts';
import { Traffic } from './metrics/traffic.ts';
import { ObservationBoard } from './observations.ts';
import { RETENTION_DAYS } from './retention/retention-days.ts';
import { Retention } from './retention/retention.ts';
import type { Source } from './sources/source.ts';
import { sparingLogger } from './sparing-logger.ts';
import { GATEWAY_URL, writeMeta } from './store/meta.ts';
import { openStorage } from './store/open-store.ts';
import type { Storage } from './store/open-store.ts';
import { ordersOnLine, ordersWithTransaction, standingOrders } from './store/orders-to-reconsider.ts';
import { lockForServing } from './store/serve-lock.ts';
import { declareStores } from './store/stores.ts';

/** Milliseconds; tests scale them. */
export interface GatewayTimings {
  /** How often orders are checked for what time changes, and sources for freshness. */
  readonly tickMs: number;
  /** How long a recheck waits for a source or a chain: a desk is to have its answer within 10 s. */
  readonly recheckMs: number;
  /** How long a line has to stay down, or up, until the orders that hang on it are told. */
  readonly steadyLineMs: number;
  /** How often it is looked whether the command line changed something. */
  readonly foreignWritesMs: number;
  /** How long desks may take to leave when the gateway closes. */
  readonly drainMs: number;
  /** How long a desk may hold two sockets. */
  readonly overlapMs: number;
  /** How often it is looked for what is older than the gateway keeps. */
  readonly retentionMs: number;
  /** How often it is looked whether somebody has yet to be erased again. */
  readonly erasingMs: number;
  /** How often a socket's heart beats, and how long a beat may take to be answered. */
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
}

export const TIMINGS: GatewayTimings = {
  tickMs: 500,
  recheckMs: 8_000,
  steadyLineMs: 5_000,
  foreignWritesMs: 200,
  drainMs: 2_000,
  overlapMs: 30_000,
  retentionMs: 3_600_000,
  erasingMs: 60_000,
  pingIntervalMs: limits.pingIntervalMs,
  pingTimeoutMs: limits.pingTimeoutMs,
};

export interface GatewayOptions {
  readonly version: string;
  readonly dataDir: string;
  readonly stores: readonly Store[];
  readonly sources: readonly Source[];
  readonly chains: readonly ChainWatcher[];
  /** The merchant's own addresses beside those of orders. */
  readonly wallets?: Wallets;
  readonly diagnose: Diagnose;
  readonly mapDirectOrder: MapDirectOrder;
  readonly clock: Clock;
  readonly log: Logger;
  /** Trusted proxies, addresses or CIDR ranges. */
  readonly trustProxy?: false | readonly string[];
  /** For how many days what happened is kept; 90 by default. */
  readonly retentionDays?: number;
  /** Under which URL desks reach the gateway; where it listens, by default. */
  readonly publicUrl?: string;
  /** How often desks may knock. */
  readonly rates?: Rates;
  readonly timings?: Partial<GatewayTimings>;
  readonly flow?: FlowLimits;
}

export interface Gateway extends Closeable {
  /** @returns the URL it listens on */
  listen(at: { port: number; host: string }): Promise<string>;
  /** What it keeps; for tools and tests beside the public interface. */
  readonly storage: Storage;
  /** How many long polls are waiting. */
  openPolls(): number;
}

/** @throws Error when the data folder is in use, or can't be opened */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const unlock = lockForServing(options.dataDir);
  try {
    const { dataDir, clock, diagnose } = options;
    const observations = new ObservationBoard(clock.now());
    const agenda = new Agenda();
    const storage = await openStorage({
      dataDir,
      clock,
      serving: true,
      diagnose: (order, now) =>
        diagnose(order, now, observations, (at) => agenda.plan({ store: order.store, order: order.id, at })),
    });
    await storage.writer.write((tx) => declareStores(tx, options.stores));
    await storage.reload();
    return wire(options, { storage, observations, agenda, unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

interface State {
  phase: 'starting' | 'ready' | 'draining';
  closing: Promise<void> | null;
  desks: DeskNamespace | null;
}

interface Foundation {
  readonly storage: Storage;
  readonly observations: ObservationBoard;
  readonly agenda: Agenda;
  readonly unlock: () => void;
}

function wire(options: GatewayOptions, { storage, observations, agenda, unlock }: Foundation): Gateway {
  const { clock, log } = options;
  const timings = { ...TIMINGS, ...options.timings };
  const shared = { storage, clock, log: sparingLogger(log, clock), everyMs: timings.tickMs };
  const state: State = { phase: 'starting', closing: null, desks: null };
  const board = new FreshnessBoard({ ...shared, lines: watchedLines(options), observations });
  const matching = new Matching({ storage, wallets: options.wallets ?? new Map(), clock, log });
  const lines = new Lines({ ...options, ...timings, storage, board, observations, matching });
  const services = servicesOf(options, { storage, board, lines, matching, observations, state });
  const app = createHttpServer(services);
  const desks = openDeskNamespace(app.server, services, { flow: options.flow ?? FLOW, ...timings });
  state.desks = desks;
  const recurring = recurringOf({ ...options, ...shared }, timings, { storage, observations, agenda });
  const opened: Closeable[] = [...recurring, services.intake, lines, matching, board];

  const close = async (): Promise<void> => {
    state.phase = 'draining';
    await drain(app, desks, { polls: services.polls, drainMs: timings.drainMs });
    for (const each of opened) await each.close();
    services.feed.close();
    await storage.close();
    unlock();
  };
  return {
    storage,
    openPolls: () => services.polls.size,
    listen: async (at) => {
      await board.start();
      await services.intake.start();
      lines.start();
      for (const each of recurring) each.start();
      const onChanged = createForeignChanges(services, desks);
      opened.unshift(watchForeignWrites({ ...shared, everyMs: timings.foreignWritesMs, onChanged }));
      const url = await listen(app, at);
      await storage.writer.write((tx) => writeMeta(tx, GATEWAY_URL, options.publicUrl ?? url));
      state.phase = 'ready';
      return url;
    },
    close: () => (state.closing ??= close()),
  };
}

/** What is done from time to time, whatever comes in. */
function recurringOf(
  { dataDir, clock, log, stores, retentionDays }: GatewayOptions,
  { tickMs, steadyLineMs, retentionMs, erasingMs }: GatewayTimings,
  { storage, observations, agenda }: Omit<Foundation, 'unlock'>,
) {
  const shared = { storage, clock, log, everyMs: tickMs };
  const days = retentionDays ?? RETENTION_DAYS.default;
  return [
    new Retention({ ...shared, stores: stores.map(({ id }) => id), everyMs: retentionMs, days }),
    new UnfinishedErasing({ ...shared, dataDir, everyMs: erasingMs }),
    reconsidererOf({ ...shared, agenda, observations, steadyMs: steadyLineMs }),
    new Expiry(shared),
  ];
}

type Reconsidering = Omit<ReconsidererOptions, 'orders' | 'reconsider'> & { readonly storage: Storage };

function reconsidererOf({ storage, ...options }: Reconsidering): Reconsiderer {
  const { ledger, reader } = storage;
  return new Reconsiderer({
    ...options,
    orders: {
      standing: (now) => standingOrders(reader, now),
      withTransaction: (txHash) => ordersWithTransaction(reader, txHash),
      onLine: (id, now) => ordersOnLine(reader, id, now),
    },
    reconsider: (store, orders) => ledger.reconsider(store, orders),
  });
}

/** Sources concern their store, chains every store. */
function watchedLines({ sources, chains, stores }: GatewayOptions): WatchedLine[] {
  const every = stores.map(({ id }) => id);
  return [
    ...sources.map(({ id, kind, store, expectedIntervalMs }) => ({ id, kind, stores: [store], expectedIntervalMs })),
    ...chains.map(({ id, kind, expectedIntervalMs }) => ({ id, kind, stores: every, expectedIntervalMs })),
  ];
}

interface Core {
  readonly storage: Storage;
  readonly board: FreshnessBoard;
  readonly lines: Lines;
  readonly matching: Matching;
  readonly observations: ObservationBoard;
  readonly state: Readonly<State>;
}

function servicesOf(options: GatewayOptions, core: Core): Services {
  const { storage, board, lines, matching, state } = core;
  const { version, clock, log, sources, stores, mapDirectOrder } = options;
  const polls = new OpenPolls();
  const named: Services['named'] = (tx, store, txHash) => matching.named(tx, store, txHash);
  return {
    ...{ version, storage, clock, log, mapDirectOrder, board, polls, named },
    stores: new Map(stores.map((store) => [store.id, store])),
    sources: new Map(sources.map((source) => [source.id, source])),
    auth: new DeskAuth({ storage, clock, log, rates: options.rates ?? RATES }),
    intake: new Intake({
      storage,
      sources,
      log: sparingLogger(log, clock),
      onTaken: (source, about) => lines.hint(source, about),
    }),
    commands: new CommandDesk({
      storage,
      clock,
      log,
      recheck: (order) => lines.recheck(order),
      named,
    }),
    feed: new EventFeed(storage.log),
    snapshots: new Snapshots({ storage, clock, board }),
    addressOf: clientAddress(options.trustProxy ?? false),
    obstacles: () => [
      ...(state.phase === 'ready' ? [] : [state.phase]),
      ...(storage.writer.trouble === null ? [] : [`the data can't be written: ${storage.writer.trouble}`]),
    ],
    draining: () => state.phase === 'draining',
    traffic: new Traffic(),
    holdings: holdingsOf(options, core, polls),
  };
}

function holdingsOf({ dataDir, chains }: GatewayOptions, { observations, state }: Core, polls: OpenPolls): Holdings {
  return {
    ...{ dataDir, observations, chains: chains.map(({ id }) => id) },
    desks: () => {
      const sockets = state.desks?.sockets;
      return { connected: sockets?.desks().length ?? 0, sockets: sockets?.size ?? 0, polls: polls.size };
    },
  };
}

async function listen(app: FastifyInstance, { port, host }: { port: number; host: string }): Promise<string> {
  await app.listen({ port, host });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no address');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
