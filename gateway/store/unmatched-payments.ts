/** Unmatched payments as the log's events make them: kept beside the log, in the same transaction as the events. */
import { normalTerm } from '../../contract/search-query.ts';
import type { SearchQuery } from '../../contract/search-query.ts';
import { unmatchedTerms } from '../../contract/search-terms.ts';
import type { UnmatchedPayment } from '../../contract/unmatched.ts';
import { BEYOND } from './order-search.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

type Connection = Pick<SqliteConnection, 'db'>;

export async function readUnmatched(
  { db }: Connection,
  store: string,
  id: string,
): Promise<UnmatchedPayment | undefined> {
  const row = await db
    .selectFrom('unmatched')
    .select('json')
    .where('store', '=', store)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && parsed(row);
}

/** The payment in whichever store it is kept; a payment's id is its chain's, and no two stores share one. */
export async function findUnmatched({ db }: Connection, id: string): Promise<UnmatchedPayment | undefined> {
  const row = await db.selectFrom('unmatched').select('json').where('id', '=', id).executeTakeFirst();
  return row && parsed(row);
}

export async function saveUnmatched(
  tx: Tx,
  before: UnmatchedPayment | undefined,
  after: UnmatchedPayment,
): Promise<void> {
  const { store, id, state, seenAt, updatedAt } = after;
  const { chain } = after.payment;
  const row = { store, id, chain, state, seen_at: seenAt, updated_at: updatedAt, json: JSON.stringify(after) };
  const { store: _store, id: _id, ...changes } = row;
  await tx.db
    .insertInto('unmatched')
    .values(row)
    .onConflict((conflict) => conflict.columns(['store', 'id']).doUpdateSet(changes))
    .execute();
  const known = new Set(before ? unmatchedTerms(before).map(({ term }) => term) : []);
  const terms = new Set(unmatchedTerms(after).map(({ term }) => term));
  for (const term of [...terms].filter((each) => !known.has(each))) {
    await tx.db
      .insertInto('unmatched_terms')
      .values({ store, term, payment_id: id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Ids of the open ones, then of those decided since `decidedSince`, each the newest first. */
export async function snapshotUnmatchedIds({ db }: Connection, store: string, decidedSince: number): Promise<string[]> {
  const rows = await db
    .selectFrom('unmatched')
    .select('id')
    .where('store', '=', store)
    .where((eb) => eb.or([eb('state', '=', 'open'), eb('updated_at', '>=', decidedSince)]))
    .orderBy((eb) => eb('state', '=', 'open'), 'desc')
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Payments by id, in the order of the ids. */
export async function unmatchedByIds(
  { db }: Connection,
  store: string,
  ids: readonly string[],
): Promise<UnmatchedPayment[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('unmatched')
    .select('json')
    .where('store', '=', store)
    .where('id', 'in', ids)
    .execute();
  const byId = new Map(rows.map((row) => [parsed(row).id, parsed(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Open ones of a store whose transaction is named by a hash, with or without its `0x`. */
export async function openWithHash({ db }: Connection, store: string, txHash: string): Promise<UnmatchedPayment[]> {
  const bare = normalTerm(txHash).replace(/^0x/, '');
  const rows = await db
    .selectFrom('unmatched')
    .select('json')
    .where('store', '=', store)
    .where('state', '=', 'open')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('unmatched_terms')
        .select('payment_id')
        .where('store', '=', store)
        .where('term', 'in', [bare, `0x${bare}`]),
    )
    .execute();
  return rows.map(parsed);
}

/** Open ones of a chain, the newest first, at most as many as anybody follows. */
export async function openOn({ db }: Connection, chain: string, limit: number): Promise<UnmatchedPayment[]> {
  const rows = await db
    .selectFrom('unmatched')
    .select('json')
    .where('state', '=', 'open')
    .where('chain', '=', chain)
    .orderBy('seen_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(parsed);
}

/** Those that answer a search, whatever became of them, the newest first. */
export async function searchUnmatched(
  { db }: Connection,
  store: string,
  { beginnings, span }: SearchQuery,
  limit: number,
): Promise<UnmatchedPayment[]> {
  if (beginnings.length === 0 && span === null) return [];
  const rows = await db
    .selectFrom('unmatched')
    .select('json')
    .where('store', '=', store)
    .where((eb) => {
      const named = beginnings.map((beginning) =>
        eb(
          'id',
          'in',
          eb
            .selectFrom('unmatched_terms')
            .select('payment_id')
            .where('store', '=', store)
            .where('term', '>=', beginning)
            .where('term', '<', beginning + BEYOND),
        ),
      );
      const timed = span ? [eb.and([eb('seen_at', '>=', span.from), eb('seen_at', '<=', span.to)])] : [];
      return eb.or([...named, ...timed]);
    })
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(parsed);
}

function parsed({ json }: { readonly json: string }): UnmatchedPayment {
  return JSON.parse(json) as UnmatchedPayment;
}
