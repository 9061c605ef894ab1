import type { Freshness } from '../../contract/source-state.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** When a source or chain was last heard, kept over restarts. */
export interface HeardState {
  readonly id: string;
  readonly lastHeardAt: number | null;
  readonly lagMs: number | null;
  readonly state: Freshness;
}

export async function readHeardStates({ db }: Pick<SqliteConnection, 'db'>): Promise<HeardState[]> {
  const rows = await db.selectFrom('source_states').selectAll().execute();
  return rows.map((row) => ({
    id: row.id,
    lastHeardAt: row.last_heard_at,
    lagMs: row.lag_ms,
    state: row.state as Freshness,
  }));
}

export async function saveHeardStates(tx: Tx, states: readonly HeardState[]): Promise<void> {
  for (const { id, lastHeardAt, lagMs, state } of states) {
    const row = { last_heard_at: lastHeardAt, lag_ms: lagMs === null ? null : Math.round(lagMs), state };
    await tx.db
      .insertInto('source_states')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
}
