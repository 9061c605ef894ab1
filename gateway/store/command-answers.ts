import type { CommandAnswer, FailedAck } from '../../contract/protocol.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** What became of a command: the same id gets the same answer for ever [CM1]. */
export interface CommandRecord {
  readonly id: string;
  readonly deskId: string;
  /** Of the payload, so that another one under the same id is noticed. */
  readonly hash: string;
  readonly answer: CommandAnswer | FailedAck;
}

export async function findCommand(
  { db }: Pick<SqliteConnection, 'db'>,
  id: string,
): Promise<CommandRecord | undefined> {
  const row = await db.selectFrom('commands').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { id, deskId: row.desk_id, hash: row.hash, answer: JSON.parse(row.answer) as CommandRecord['answer'] };
}

export async function saveCommand(tx: Tx, { id, deskId, hash, answer }: CommandRecord, at: number): Promise<void> {
  await tx.db
    .insertInto('commands')
    .values({ id, desk_id: deskId, hash, answer: JSON.stringify(answer), at })
    .execute();
}

/** What was found since belongs to the answer of a command whose effect is durable already. */
export async function completeCommand(tx: Tx, { id, answer }: Pick<CommandRecord, 'id' | 'answer'>): Promise<void> {
  await tx.db
    .updateTable('commands')
    .set({ answer: JSON.stringify(answer) })
    .where('id', '=', id)
    .execute();
}
