/** What a renderer would hold of all pushes, and a way to wait for it instead of sleeping. */
import type { DeskNotice, DeskState, Moment } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import type { Push } from '../../../main/desk/desk.ts';
import { PATIENCE } from '../../support/patience.ts';

export interface Screen {
  readonly pushes: Push[];
  readonly states: DeskState[];
  readonly moments: Moment[];
  readonly notices: DeskNotice[];
  readonly orders: Map<string, Map<string, Order>>;
  readonly unmatched: Map<string, Map<string, UnmatchedPayment>>;
  /** Whether the picture of a store is whole. */
  readonly complete: Map<string, boolean>;
  readonly state: DeskState;
  take(push: Push): void;
  order(id: string, store?: string): Order | undefined;
  /** Resolves once `holds` is true after some push; names what was waited for when that takes too long. */
  until(what: string, holds: () => boolean, mostMs?: number): Promise<void>;
}

export function createScreen(): Screen {
  const waiting = new Set<() => void>();
  const screen: Screen = {
    pushes: [],
    states: [],
    moments: [],
    notices: [],
    orders: new Map(),
    unmatched: new Map(),
    complete: new Map(),
    get state() {
      return screen.states.at(-1)!;
    },
    take: (push) => {
      screen.pushes.push(push);
      show(screen, push);
      for (const look of waiting) look();
    },
    order: (id, store = 'main') => screen.orders.get(store)?.get(id),
    until: (what, holds, mostMs = PATIENCE.timeout) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!holds()) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve();
        };
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`waited for: ${what}; connection is ${JSON.stringify(screen.state?.connection)}`));
        }, mostMs);
        waiting.add(look);
        look();
      }),
  };
  return screen;
}

function show(screen: Screen, push: Push): void {
  switch (push.name) {
    case 'desk.state':
      screen.states.push(push.payload);
      return;
    case 'desk.moments':
      screen.moments.push(...push.payload.moments);
      return;
    case 'desk.notice':
      screen.notices.push(push.payload);
      return;
    case 'desk.doctor':
      return;
    case 'desk.unmatched': {
      const { store, reset, payments } = push.payload;
      const held = new Map(reset ? [] : screen.unmatched.get(store));
      for (const payment of payments) held.set(payment.id, payment);
      screen.unmatched.set(store, held);
      return;
    }
    case 'desk.orders': {
      const { store, reset, complete, orders, removed } = push.payload;
      const held = reset ? new Map<string, Order>() : (screen.orders.get(store) ?? new Map<string, Order>());
      for (const order of orders) held.set(order.id, order);
      for (const id of removed) held.delete(id);
      screen.orders.set(store, held);
      screen.complete.set(store, complete);
    }
  }
}
