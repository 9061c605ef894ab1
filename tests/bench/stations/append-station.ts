/** P6: the ledger at its work, and SQLite alone with exactly the rows that the ledger writes. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventFeed } from '../../../gateway/delivery/event-feed.ts';
import type { Report } from '../../../gateway/ledger.ts';
import { ObservationBoard } from '../../../gateway/observations.ts';
import { migrate } from '../../../gateway/store/migrations.ts';
import { openStorage } from '../../../gateway/store/open-store.ts';
import type { Storage } from '../../../gateway/store/open-store.ts';
import { declareStores } from '../../../gateway/store/stores.ts';
import { tuneForWriting } from '../../../gateway/store/tune.ts';
import { STORE, signedHeaders, webhook } from '../../support/fault-bench/webhooks.ts';
import { benchGateway } from '../bench-gateway.ts';
import { COURSE, payments } from '../payments.ts';
import { recordWrites } from '../record-writes.ts';
import type { Transactions } from '../record-writes.ts';

/** Reports that share one transaction. */
const TOGETHER = 64;

export interface AppendInput {
  readonly folder: string;
  readonly payments: number;
}

export interface AppendResult {
  readonly events: number;
  readonly perSecond: number;
}

export type AppendStation = {
  /** Decide, append, fold, diagnose, project, publish. */
  ledger(input: AppendInput): Promise<AppendResult>;
  /** The same rows in the same transactions, nothing else. */
  raw(input: AppendInput): Promise<AppendResult>;
};

export function createStation(): AppendStation {
  return {
    ledger: async ({ folder, payments }) => {
      const storage = await open(path.join(folder, 'ledger'));
      const reports = reportsOf(folder, payments);
      const begun = performance.now();
      await append(storage, reports);
      return result(storage, begun);
    },
    raw: async ({ folder, payments }) => {
      const recorded = await open(path.join(folder, 'recorded'));
      const reports = reportsOf(folder, payments);
      const head = recorded.log.head(STORE).seq;
      const writes = await recordWrites(() => append(recorded, reports));
      const events = recorded.log.head(STORE).seq - head;
      if (writes.flat().length < events) throw new Error('not all writes were recorded');
      return { events, perSecond: events / replay(path.join(folder, 'raw.db'), writes) };
    },
  };
}

async function open(dataDir: string): Promise<Storage> {
  const options = benchGateway(dataDir);
  const observations = new ObservationBoard();
  const diagnose = options.diagnose;
  const storage = await openStorage({
    dataDir,
    clock: Date,
    diagnose: (order, now) => diagnose(order, now, observations),
  });
  await storage.writer.write((tx) => declareStores(tx, options.stores));
  await storage.reload();
  return storage;
}

/** Read from webhooks beforehand: what reading costs is no part of this. */
function reportsOf(dataDir: string, count: number): (readonly Report[])[][] {
  const [source] = benchGateway(dataDir).sources;
  const now = Date.now();
  const all = payments('append', count, now);
  const blocks = Array.from({ length: Math.ceil(count / TOGETHER) }, (_, n) =>
    all.slice(n * TOGETHER, (n + 1) * TOGETHER),
  );
  return blocks.flatMap((block) =>
    COURSE.map((step) =>
      block.map((payment) => {
        const sent = webhook(payment, step);
        const raw = { headers: signedHeaders(sent, now), body: Buffer.from(sent.body), receivedAt: now };
        return source?.read(raw).reports ?? [];
      }),
    ),
  );
}

async function append(storage: Storage, blocks: readonly (readonly (readonly Report[])[])[]): Promise<void> {
  const feed = new EventFeed(storage.log);
  for (const block of blocks) await Promise.all(block.map((reports) => storage.ledger.append(STORE, reports)));
  feed.close();
}

function result(storage: Storage, begun: number): AppendResult {
  const events = storage.log.head(STORE).seq;
  return { events, perSecond: events / ((performance.now() - begun) / 1000) };
}

/** @returns seconds */
function replay(file: string, transactions: Transactions): number {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  migrate(database);
  tuneForWriting(database);
  const prepared = new Map(transactions.flat().map(({ sql }) => [sql, database.prepare(sql)]));
  const begun = performance.now();
  for (const writes of transactions) {
    database.exec('begin immediate');
    for (const { sql, values } of writes) prepared.get(sql)?.run(...values);
    database.exec('commit');
  }
  return (performance.now() - begun) / 1000;
}
