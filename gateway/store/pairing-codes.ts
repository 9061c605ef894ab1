import type { Role } from '../../contract/protocol.ts';
import type { Tx } from './writer.ts';

/** What a pairing code grants. Only the code's hash is stored. */
export interface PairingGrant {
  readonly role: Role;
  readonly name: string | null;
  readonly stores: readonly string[];
  readonly expiresAt: number;
}

export async function insertPairingCode(tx: Tx, hash: string, grant: PairingGrant): Promise<void> {
  const { role, name, stores, expiresAt } = grant;
  await tx.db
    .deleteFrom('pairing_codes')
    .where('expires_at', '<', expiresAt - 86_400_000)
    .execute();
  await tx.db
    .insertInto('pairing_codes')
    .values({ hash, role, name, stores: JSON.stringify(stores), expires_at: expiresAt, used_at: null })
    .execute();
}

/** Uses a code up: of any number of uses at once exactly one gets the grant. */
export async function usePairingCode(tx: Tx, hash: string, now: number): Promise<PairingGrant | undefined> {
  const row = await tx.db
    .updateTable('pairing_codes')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
  return (
    row && {
      role: row.role as Role,
      name: row.name,
      stores: JSON.parse(row.stores) as string[],
      expiresAt: row.expires_at,
    }
  );
}
