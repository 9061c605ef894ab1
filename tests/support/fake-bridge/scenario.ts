/** Everything a pretend main process tells: made in Node, carried into the page as JSON. */
import type { ConnectionState } from '../../../contract/connection-state.ts';
import { isCurrent } from '../../../contract/connection-state.ts';
import type {
  AppInfo,
  DeskNotice,
  DeskState,
  Moment,
  OrdersPush,
  RequestOutput,
  UnmatchedPush,
} from '../../../contract/ipc.ts';
import { usualSettings } from '../../../contract/settings.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { DoctorReport } from '../../../contract/doctor.ts';
import type { Order } from '../../../contract/order.ts';
import { brokenWay, openWay } from './doctor-reports.ts';
import { doneOrders, everyState, eventsOf } from './sample-orders.ts';
import { noServices, usualServices } from './services.ts';
import type { Services } from './services.ts';

export interface Scenario {
  readonly info: AppInfo;
  readonly settings: Settings;
  readonly state: DeskState;
  readonly orders: readonly OrdersPush[];
  readonly unmatched: readonly UnmatchedPush[];
  readonly moments: readonly Moment[];
  readonly notices: readonly DeskNotice[];
  /** Answers of `order.read` by order id. */
  readonly histories: Readonly<Record<string, unknown>>;
  /** Answers of `orders.find` by what was asked; else orders whose reference holds it. */
  readonly found?: Readonly<Record<string, RequestOutput<'orders.find'>>>;
  /** Results of commands by id, for `command.status`. */
  readonly results: Readonly<Record<string, unknown>>;
  /** How `delivery.read` fails; null: it answers. */
  readonly deliveryError: { readonly code: string; readonly message: string } | null;
  /** What the doctor finds, step by step. */
  readonly doctor: DoctorReport;
  /** What the main process answers beside the live picture. */
  readonly services: Services;
}

export function deskState(now: number, connection: ConnectionState, changes: Partial<DeskState> = {}): DeskState {
  const current = isCurrent(connection);
  const asOf = current ? now : now - 71_000;
  return {
    connection,
    current,
    since: now - 71_000,
    asOf: current ? null : asOf,
    gateway: { url: 'https://pay.example.com', version: '0.1.0' },
    desk: { id: 'desk_1', name: 'Front counter', role: 'staff' },
    transport: current ? 'websocket' : null,
    lastHeardAt: current ? now - 2000 : asOf,
    roundTrips: [24, 22, 26, 23, 25, 31, 24, 22, 23, 48, 27, 24, 23, 22, 26, 25, 24, 23, 29, 24],
    reconnects: 2,
    clock: { gatewayNow: now, offsetMs: 18, errorMs: 11.5, approximate: false, deviceClockWrong: false },
    journal: { state: 'ok' },
    keyStorage: 'file',
    withdrawn: [],
    commands: [],
    stores: [
      {
        ...{ id: 'main', name: 'Main street', currency: 'USD', timeZone: 'Europe/Lisbon' },
        ...{ seq: 10_532, head: 10_532, epoch: 'e1', asOf, quarantined: 0, sourcesAt: asOf - 23_000 },
        sources: [
          { id: 'cdc', kind: 'crypto-com-pay', state: 'hearing', lastHeardAt: now - 4000, lagMs: 180 },
          { id: 'shop', kind: 'direct', state: 'quiet', lastHeardAt: now - 240_000, lagMs: 12 },
          {
            id: 'eip155:1',
            kind: 'evm',
            state: 'down',
            lastHeardAt: now - 96_000,
            lagMs: 2300,
            note: 'node-a.example cannot be reached; node-b.example is 4 blocks behind',
          },
        ],
      },
    ],
    ...changes,
  };
}

export function ordersPush(orders: readonly Order[]): OrdersPush {
  return { store: 'main', reset: true, complete: true, orders: [...orders], removed: [], seq: 10_532 };
}

function historiesOf(orders: readonly Order[], from: 'gateway' | 'journal'): Scenario['histories'] {
  return Object.fromEntries(
    orders.map((order) => {
      const events = eventsOf(order).map((event, n) => ({
        ...event,
        emittedAt: n === 0 ? null : event.at.received + 6,
        arrivedAt: n === 0 ? null : event.at.received + 19,
      }));
      return [order.id, { order, events, from, complete: true }];
    }),
  );
}

/** A busy desk in the given connection state. */
export function busyDesk(now: number, connection: ConnectionState, done = 220): Scenario {
  const orders = [...everyState(now), ...doneOrders(done, now)];
  return {
    info: { version: '0.1.0', host: 'browser', platform: 'linux', demo: 'available' },
    settings: { ...usualSettings, tourSeen: true },
    state: deskState(now, connection),
    orders: [ordersPush(orders)],
    unmatched: [],
    moments: [],
    notices: [],
    histories: historiesOf(orders, isCurrent(connection) ? 'gateway' : 'journal'),
    results: {},
    deliveryError: null,
    doctor: isCurrent(connection) ? openWay(now) : brokenWay(now),
    services: usualServices(now, orders, connection),
  };
}

/** A desk that was never paired. */
export function firstRun(now: number): Scenario {
  const state = deskState(now, { state: 'unpaired' });
  return {
    ...busyDesk(now, { state: 'unpaired' }),
    state: { ...state, gateway: null, desk: null, stores: [], asOf: null, lastHeardAt: null, roundTrips: [] },
    orders: [],
    services: noServices,
  };
}

/** A desk that listens, and nothing has come yet. */
export function quietDesk(now: number): Scenario {
  return { ...busyDesk(now, { state: 'live', since: now - 60_000 }), orders: [ordersPush([])] };
}
