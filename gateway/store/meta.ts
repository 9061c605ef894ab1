import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** Under which URL desks reach the gateway, as `serve` last knew it; pairing links carry it. */
export const GATEWAY_URL = 'gateway-url';
/** The private key that signs exported cases, PKCS #8 in PEM. */
export const CASE_KEY = 'case-key';

export async function readMeta({ db }: Pick<SqliteConnection | Tx, 'db'>, key: string): Promise<string | undefined> {
  return (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;
}

export async function writeMeta(tx: Tx, key: string, value: string): Promise<void> {
  await tx.db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
