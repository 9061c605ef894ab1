/** Snapshots in pages: which orders, and in which order, is fixed at page one, with its epoch and seq. */
import { randomBytes } from 'node:crypto';
import { limits } from '../../contract/protocol.ts';
import type { SnapshotPage, Store } from '../../contract/protocol.ts';
import type { Order } from '../../contract/order.ts';
import { ExpiringMap } from '../auth/expiring-map.ts';
import type { FreshnessBoard } from '../intake/freshness-board.ts';
import type { Clock } from '../ledger.ts';
import { withCustomers } from '../store/customers.ts';
import type { Storage } from '../store/open-store.ts';
import { ordersById, snapshotOrderIds } from '../store/order-queries.ts';

/** Closed orders older than this are found by search. */
const CLOSED_SHOWN_MS = 7 * 24 * 3_600_000;
const MOST_AT_ONCE = 256;

interface Picture {
  readonly store: Store;
  readonly epoch: string;
  readonly seq: number;
  readonly lastId: string | undefined;
  readonly ids: readonly string[];
  readonly desk: string;
}

export interface PageRequest {
  readonly store: Store;
  readonly desk: string;
  readonly limit: number;
  readonly customers: boolean;
}

export class Snapshots {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #board: FreshnessBoard;
  readonly #cursors = new ExpiringMap<{ picture: Picture; from: number }>(MOST_AT_ONCE);

  constructor(options: { storage: Storage; clock: Clock; board: FreshnessBoard }) {
    this.#storage = options.storage;
    this.#clock = options.clock;
    this.#board = options.board;
  }

  async first(request: PageRequest): Promise<SnapshotPage> {
    // The head first: an order read later may be newer than seq, and none can be older.
    const { epoch, seq } = this.#storage.log.head(request.store.id);
    const lastId = await this.#storage.log.idAt(request.store.id, seq);
    const since = this.#clock.now() - CLOSED_SHOWN_MS;
    const ids = await snapshotOrderIds(this.#storage.reader, request.store.id, since);
    return this.#page({ store: request.store, epoch, seq, lastId, ids, desk: request.desk }, 0, request);
  }

  /** @returns null when the cursor is not this desk's, or has expired */
  async next(cursor: string, request: PageRequest): Promise<SnapshotPage | null> {
    const held = this.#cursors.get(cursor, this.#clock.now());
    if (held?.picture.desk !== request.desk || held.picture.store.id !== request.store.id) return null;
    if (held.picture.epoch !== this.#storage.log.head(request.store.id).epoch) return null;
    return this.#page(held.picture, held.from, request);
  }

  async #page(picture: Picture, from: number, { limit, customers }: PageRequest): Promise<SnapshotPage> {
    const { store, epoch, seq, lastId, ids } = picture;
    const wanted = ids.slice(from, from + limit);
    const found = await ordersById(this.#storage.reader, store.id, wanted);
    const orders = fitting(customers ? await withCustomers(this.#storage.reader, store.id, found) : found);
    const last = orders.at(-1);
    const taken = orders.length < found.length && last ? wanted.indexOf(last.id) + 1 : wanted.length;
    const next = from + taken < ids.length ? this.#cursor(picture, from + taken) : undefined;
    const at = this.#clock.now();
    const sources = this.#board.states([store.id]);
    const ends = { ...(lastId !== undefined && { lastId }), ...(next !== undefined && { next }) };
    return { store, epoch, seq, at, sources, orders, ...ends };
  }

  #cursor(picture: Picture, from: number): string {
    const cursor = randomBytes(24).toString('base64url');
    const now = this.#clock.now();
    this.#cursors.set(cursor, { picture, from }, now + limits.snapshotCursorMs, now);
    return cursor;
  }
}

/** As many orders as a page may hold in bytes, at least one. */
export function fitting(orders: readonly Order[]): Order[] {
  let bytes = 0;
  const end = orders.findIndex((order, index) => {
    bytes += Buffer.byteLength(JSON.stringify(order)) + 1;
    return index > 0 && bytes > limits.messageBytes - 8192;
  });
  return end < 0 ? [...orders] : orders.slice(0, end);
}
