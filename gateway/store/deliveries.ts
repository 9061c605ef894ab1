/** Raw deliveries as they came: evidence, and what is read again after a crash. */
import type { Delivery } from '../../contract/protocol.ts';
import type { RawDelivery } from '../sources/source.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { statement } from './statement.ts';
import type { Tx } from './writer.ts';

export type DeliveryState = 'pending' | 'done' | 'quarantined';

export interface StoredDelivery {
  readonly id: string;
  readonly source: string;
  readonly raw: RawDelivery;
}

const insertDelivery = statement<{
  id: string;
  source: string;
  store: string;
  dedupe_key: string | null;
  received_at: number;
  sent_at: number | null;
  headers: string;
  body: Uint8Array;
  state: string;
  error: string | null;
}>((db, slot) =>
  db
    .insertInto('deliveries')
    .values({
      id: slot('id'),
      source: slot('source'),
      store: slot('store'),
      dedupe_key: slot('dedupe_key'),
      received_at: slot('received_at'),
      sent_at: slot('sent_at'),
      headers: slot('headers'),
      body: slot('body'),
      state: slot('state'),
      error: slot('error'),
    })
    .onConflict((conflict) => conflict.doNothing()),
);

export interface NewDelivery {
  readonly id: string;
  readonly source: string;
  readonly store: string;
  readonly raw: RawDelivery;
  readonly sentAt: number | null;
  readonly dedupeKey: string | null;
  readonly state: DeliveryState;
  readonly error?: string;
}

/** @returns false when the source has delivered the same thing before, and nothing was stored */
export async function insertOnce(tx: Tx, delivery: NewDelivery): Promise<boolean> {
  const changes = await tx.run(insertDelivery, {
    id: delivery.id,
    source: delivery.source,
    store: delivery.store,
    dedupe_key: delivery.dedupeKey,
    received_at: delivery.raw.receivedAt,
    sent_at: delivery.sentAt,
    headers: JSON.stringify(withoutSecrets(delivery.raw.headers)),
    body: delivery.raw.body,
    state: delivery.state,
    error: delivery.error ?? null,
  });
  return changes > 0;
}

export async function settleDelivery(
  tx: Tx,
  id: string,
  to: { state: DeliveryState; dedupeKey?: string; error?: string },
): Promise<void> {
  await tx.db
    .updateTable('deliveries')
    .set({
      state: to.state,
      error: to.error ?? null,
      ...(to.dedupeKey !== undefined && { dedupe_key: to.dedupeKey }),
    })
    .where('id', '=', id)
    .execute();
}

export async function deliveredBefore(tx: Tx, source: string, dedupeKey: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('deliveries')
    .select('id')
    .where('source', '=', source)
    .where('dedupe_key', '=', dedupeKey)
    .executeTakeFirst();
  return row !== undefined;
}

/** What was stored but not yet read, in order of receipt. */
export async function pendingDeliveries({ db }: Pick<SqliteConnection, 'db'>, most: number): Promise<StoredDelivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'source', 'headers', 'body', 'received_at'])
    .where('state', '=', 'pending')
    .orderBy('received_at')
    .limit(most)
    .execute();
  return rows.map(({ id, source, headers, body, received_at }) => ({
    id,
    source,
    raw: { headers: JSON.parse(headers) as Record<string, string>, body, receivedAt: received_at },
  }));
}

/** A stored delivery with its exact bytes. Only deliveries whose signature was right are stored at all. */
export type DeliveryBytes = Omit<Delivery, 'body' | 'verified'> & { readonly body: Uint8Array };

export async function deliveryBytes(
  { db }: Pick<SqliteConnection, 'db'>,
  store: string,
  id: string,
): Promise<DeliveryBytes | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select(['id', 'source', 'received_at', 'headers', 'body', 'redacted_at'])
    .where('store', '=', store)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const headers = JSON.parse(row.headers) as Record<string, string>;
  const redacted = row.redacted_at === null ? {} : { redactedAt: row.redacted_at };
  return { id: row.id, source: row.source, receivedAt: row.received_at, headers, body: row.body, ...redacted };
}

export async function readDelivery(
  connection: Pick<SqliteConnection, 'db'>,
  store: string,
  id: string,
): Promise<Delivery | undefined> {
  const found = await deliveryBytes(connection, store, id);
  return found && { ...found, body: Buffer.from(found.body).toString('utf8'), verified: true };
}

export async function countDeliveries({ db }: Pick<SqliteConnection, 'db'>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('deliveries')
    .select((eb) => ['state', eb.fn.countAll<number>().as('n')] as const)
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, n }) => [state, n]));
}

/** Whatever a header's name calls a secret; signatures are none, and they are evidence. */
const SECRET_HEADER = /auth|cookie|token|secret|passw|credential|session|api-?key/i;

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !SECRET_HEADER.test(name)));
}
