/** What a pretend main process answers of earlier, of other gateways, and of files. */
import type { ConnectionState } from '../../../contract/connection-state.ts';
import type { PairedGateway } from '../../../contract/gateways.ts';
import type { ConnectionPhase, ConnectionSegment, QuarantinedEvent, ReplayRange } from '../../../contract/history.ts';
import { isOpen } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import type { SavedFile } from '../../../contract/saved-file.ts';
import { MINUTE } from './sample-orders.ts';

export interface Services {
  readonly replayRange: ReplayRange;
  /** Pictures of the desk, oldest first; the answer at a time is the last one that is not later. */
  readonly replays: readonly { readonly at: number; readonly seq: number; readonly orders: readonly Order[] }[];
  readonly segments: readonly ConnectionSegment[];
  /** Newest first. */
  readonly quarantine: readonly QuarantinedEvent[];
  readonly gateways: readonly PairedGateway[];
  readonly diagnostics: SavedFile;
  /** How `file.save` ends. */
  readonly save: { readonly outcome: 'saved' | 'cancelled' | 'failed' };
}

const HOUR = 60 * MINUTE;

/** Hours before now, the phase that began then, and its transport. */
const day: readonly (readonly [number, ConnectionPhase, ConnectionSegment['transport']])[] = [
  [24, 'live', 'websocket'],
  [15.5, 'closed', null],
  [9, 'connecting', null],
  [8.99, 'live', 'websocket'],
  [4.2, 'connecting', null],
  [4.05, 'fallback', 'long-poll'],
  [3.6, 'live', 'polling'],
  [3.5, 'live', 'websocket'],
  [1.2, 'offline', null],
  [1.1, 'live', 'websocket'],
];

function dayOf(now: number): ConnectionSegment[] {
  return day.map(([hours, state, transport], n) => {
    const next = day[n + 1];
    return { from: now - hours * HOUR, to: next ? now - next[0] * HOUR : now, state, transport };
  });
}

const diagnostics: SavedFile = {
  suggestedName: 'tillwatch-diagnostics.json',
  mediaType: 'application/json',
  parts: ['{"version":"0.1.0"}'],
};

/** The same orders as they came in, then as those that are open now stood half an hour ago. */
function replaysOf(orders: readonly Order[], now: number): Services['replays'] {
  const earlier = orders.filter((order) => order.createdAt <= now - 30 * MINUTE);
  const waiting = orders.filter(isOpen).map((order): Order => ({
    ...order,
    ...{ status: 'awaiting', payments: [], received: [], flags: [], diagnosis: [], verdict: 'wait' },
  }));
  return [
    { at: now - 24 * HOUR, seq: 9_000, orders: earlier },
    { at: now - 5 * MINUTE, seq: 10_400, orders: [...waiting, ...earlier] },
    { at: now, seq: 10_532, orders },
  ];
}

export const noServices: Services = {
  replayRange: { from: null, to: null, complete: true },
  ...{ replays: [], segments: [], quarantine: [], gateways: [], diagnostics },
  save: { outcome: 'saved' },
};

/** A busy desk of two gateways, a day of connection, and one event that was set aside. */
export function usualServices(now: number, orders: readonly Order[], connection: ConnectionState): Services {
  const gateway = (id: string, host: string, shown: boolean): PairedGateway => ({
    ...{ id, host, url: `https://${host}`, shown },
    desk: { id: `desk_${id}`, name: 'Front counter', role: 'staff' },
    stores: [{ id: 'main', name: shown ? 'Main street' : 'Station' }],
    shownUntil: shown ? null : now - 3 * HOUR,
  });
  return {
    replayRange: { from: now - 24 * HOUR, to: now, complete: false },
    replays: replaysOf(orders, now),
    segments: connection.state === 'unpaired' ? [] : dayOf(now),
    quarantine: [
      {
        ...{ epoch: 'e1', seq: 10_311, id: '2f6b7c1e-8d0e-4d52-9f44-0c2f5b2f9a11', order: orders[0]?.id ?? null },
        ...{ kind: 'payment.detected', reason: 'data payment.amount', receivedAt: now - 2 * HOUR },
      },
    ],
    gateways: [gateway('1', 'pay.example.com', true), gateway('2', 'station.example.com', false)],
    diagnostics,
    save: { outcome: 'saved' },
  };
}
