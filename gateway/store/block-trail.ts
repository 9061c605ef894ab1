import type { BlockRef, BlockTrail } from '../chains/chain-watcher.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Writer } from './writer.ts';

/** Blocks kept per chain; deeper reorganisations are walked from here. */
const KEPT = 512;

export function createBlockTrail(chain: string, reader: SqliteConnection, writer: Writer): BlockTrail {
  return {
    recent: () =>
      reader.db
        .selectFrom('block_trail')
        .select(['number', 'hash'])
        .where('chain', '=', chain)
        .orderBy('number', 'desc')
        .limit(KEPT)
        .execute(),
    replaceFrom: (from: number, blocks: readonly BlockRef[]) =>
      writer.write(async ({ db }) => {
        const trail = db.deleteFrom('block_trail').where('chain', '=', chain);
        await trail.where('number', '>=', from).execute();
        for (const { number, hash } of blocks.slice(-KEPT)) {
          await db
            .insertInto('block_trail')
            .values({ chain, number, hash })
            .onConflict((conflict) => conflict.columns(['chain', 'number']).doUpdateSet({ hash }))
            .execute();
        }
        const newest = blocks.reduce((most, { number }) => Math.max(most, number), from - 1);
        await trail.where('number', '<=', newest - KEPT).execute();
      }),
  };
}
