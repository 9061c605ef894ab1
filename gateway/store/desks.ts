import type { Role } from '../../contract/protocol.ts';
import type { DeskRow } from './schema.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** A paired device. `publicKey` is its raw Ed25519 key, base64url. */
export interface Desk {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly publicKey: string;
  readonly stores: readonly string[];
  readonly pairedAt: number;
  readonly revokedAt: number | null;
}

type Connection = Pick<SqliteConnection, 'db'>;

export async function insertDesk(tx: Tx, desk: Desk): Promise<void> {
  await tx.db
    .insertInto('desks')
    .values({
      id: desk.id,
      name: desk.name,
      role: desk.role,
      public_key: desk.publicKey,
      stores: JSON.stringify(desk.stores),
      paired_at: desk.pairedAt,
      revoked_at: desk.revokedAt,
    })
    .execute();
}

export async function findDesk({ db }: Connection, id: string): Promise<Desk | undefined> {
  const row = await db.selectFrom('desks').selectAll().where('id', '=', id).executeTakeFirst();
  return row && deskOf(row);
}

export async function listDesks({ db }: Connection): Promise<Desk[]> {
  return (await db.selectFrom('desks').selectAll().orderBy('paired_at').orderBy('id').execute()).map(deskOf);
}

/** @returns false when there is no such desk; revoking twice keeps the first time */
export async function revokeDesk(tx: Tx, id: string, now: number): Promise<boolean> {
  const desk = await findDesk(tx, id);
  if (!desk) return false;
  if (desk.revokedAt === null) await tx.db.updateTable('desks').set({ revoked_at: now }).where('id', '=', id).execute();
  return true;
}

function deskOf(row: DeskRow): Desk {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    publicKey: row.public_key,
    stores: JSON.parse(row.stores) as string[],
    pairedAt: row.paired_at,
    revokedAt: row.revoked_at,
  };
}
