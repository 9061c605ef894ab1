/** Snapshots in pages: which orders, and in which order, is fixed at page one, with its epoch and seq. */
import { randomBytes } from 'node:crypto';
import { limits } from '../../contract/protocol.ts';
import type { SnapshotPage, Store } from '../../contract/protocol.ts';
import { ExpiringMap } from '../auth/expiring-map.ts';
import type { FreshnessBoard } from '../intake/freshness-board.ts';
import type { Clock } from '../ledger.ts';
import { withCustomers } from '../store/customers.ts';
import type { Storage } from '../store/open-store.ts';
import { ordersById, snapshotOrderIds } from '../store/order-queries.ts';
import { snapshotUnmatchedIds, unmatchedByIds } from '../store/unmatched-payments.ts';

/** Closed orders older than this are found by search. */
const CLOSED_SHOWN_MS = 7 * 24 * 3_600_000;
const MOST_AT_ONCE = 256;
/** Of a page, for unmatched payments while there are any; the rest is for orders. */
const UNMATCHED_BYTES = limits.messageBytes / 4;
const UNMATCHED_MOST = 100;

interface Picture {
  readonly store: Store;
  readonly epoch: string;
  readonly seq: number;
  readonly lastId: string | undefined;
  readonly ids: readonly string[];
  readonly unmatched: readonly string[];
  readonly desk: string;
}

/** How far a picture has been given. */
interface Progress {
  readonly orders: number;
  readonly unmatched: number;
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
  readonly #cursors = new ExpiringMap<{ picture: Picture; from: Progress }>(MOST_AT_ONCE);

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
    const unmatched = await snapshotUnmatchedIds(this.#storage.reader, request.store.id, since);
    const picture = { store: request.store, epoch, seq, lastId, ids, unmatched, desk: request.desk };
    return this.#page(picture, { orders: 0, unmatched: 0 }, request);
  }

  /** @returns null when the cursor is not this desk's, or has expired */
  async next(cursor: string, request: PageRequest): Promise<SnapshotPage | null> {
    const held = this.#cursors.get(cursor, this.#clock.now());
    if (held?.picture.desk !== request.desk || held.picture.store.id !== request.store.id) return null;
    if (held.picture.epoch !== this.#storage.log.head(request.store.id).epoch) return null;
    return this.#page(held.picture, held.from, request);
  }

  async #page(picture: Picture, from: Progress, { limit, customers }: PageRequest): Promise<SnapshotPage> {
    const { store, epoch, seq, lastId, ids } = picture;
    const { reader } = this.#storage;
    const unmatched = await this.#unmatched(picture, from);
    const wanted = ids.slice(from.orders, from.orders + limit);
    const found = await ordersById(reader, store.id, wanted);
    const room = limits.messageBytes - (unmatched.payments.length > 0 ? UNMATCHED_BYTES : 0);
    const orders = fitting(customers ? await withCustomers(reader, store.id, found) : found, room);
    const last = orders.at(-1);
    const taken = orders.length < found.length && last ? wanted.indexOf(last.id) + 1 : wanted.length;
    const to = { orders: from.orders + taken, unmatched: unmatched.to };
    const isWhole = to.orders >= ids.length && to.unmatched >= picture.unmatched.length;
    return {
      ...{ store, epoch, seq, at: this.#clock.now(), sources: this.#board.states([store.id]), orders },
      ...(lastId !== undefined && { lastId }),
      ...(unmatched.payments.length > 0 && { unmatched: unmatched.payments }),
      ...(!isWhole && { next: this.#cursor(picture, to) }),
    };
  }

  async #unmatched({ store, unmatched }: Picture, from: Progress) {
    const wanted = unmatched.slice(from.unmatched, from.unmatched + UNMATCHED_MOST);
    const found = await unmatchedByIds(this.#storage.reader, store.id, wanted);
    const payments = fitting(found, UNMATCHED_BYTES);
    const last = payments.at(-1);
    const taken = payments.length < found.length && last ? wanted.indexOf(last.id) + 1 : wanted.length;
    return { payments, to: from.unmatched + taken };
  }

  #cursor(picture: Picture, from: Progress): string {
    const cursor = randomBytes(24).toString('base64url');
    const now = this.#clock.now();
    this.#cursors.set(cursor, { picture, from }, now + limits.snapshotCursorMs, now);
    return cursor;
  }
}

/** As many as may stand in so many bytes of a page, at least one. */
export function fitting<T>(things: readonly T[], mostBytes: number = limits.messageBytes): T[] {
  let bytes = 0;
  const end = things.findIndex((thing, index) => {
    bytes += Buffer.byteLength(JSON.stringify(thing)) + 1;
    return index > 0 && bytes > mostBytes - 8192;
  });
  return end < 0 ? [...things] : things.slice(0, end);
}
