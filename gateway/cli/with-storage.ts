import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { GatewayConfig } from '../config/config-schema.ts';
import { defaultConfig } from '../config/load-config.ts';
import { declaredStores } from '../compose.ts';
import { DATABASE_FILE, openStorage } from '../store/open-store.ts';
import type { Storage } from '../store/open-store.ts';
import { declareStores, listStores } from '../store/stores.ts';
import { requireFolder } from './data-folder.ts';
import { inPlainWords } from '../system-words.ts';
import { UsageError } from './usage-error.ts';

/** Runs something on a data folder, beside a gateway that may be serving it, and closes it whatever happens. */
export async function withStorage<T>(dataDir: string, run: (storage: Storage) => Promise<T>): Promise<T> {
  requireFolder(dataDir);
  try {
    const storage = await openStorage({ dataDir, clock: Date });
    try {
      return await run(storage);
    } finally {
      await storage.close();
    }
  } catch (error) {
    throw inPlainWords(error, dataDir);
  }
}

export function hasData(dataDir: string): boolean {
  return existsSync(join(dataDir, DATABASE_FILE));
}

/** @throws UsageError when nothing has ever been kept in this folder */
export function requireData(dataDir: string): void {
  if (hasData(dataDir)) return;
  throw new UsageError(`${dataDir} holds no gateway's data; check --data, or run serve once`);
}

/**
 * A backup is never one of the files the gateway works on: written there it would take the log away from under the
 * gateway, read from there it would lack what is not yet in it.
 * @throws UsageError
 */
export function refuseOwnFile(dataDir: string, file: string, option: string): void {
  const folder = dirname(resolve(file));
  const own = existsSync(folder) && realpathSync(folder) === realpathSync(dataDir);
  if (!own || !basename(file).startsWith(DATABASE_FILE)) return;
  throw new UsageError(`${option} ${file} is the gateway's own database; name another file`);
}

/**
 * Sees to it that stores exist, so that what is granted for them means something. A folder that was never served gets
 * the stores of the configuration given, or `main`.
 * @throws UsageError naming the stores there are
 */
export async function requireStores(
  storage: Storage,
  wanted: readonly string[],
  config: GatewayConfig | undefined,
): Promise<void> {
  if (config !== undefined || (await listStores(storage.reader)).length === 0) {
    const declared = declaredStores(config ?? defaultConfig());
    await storage.writer.write((tx) => declareStores(tx, declared));
  }
  const known = (await listStores(storage.reader)).map(({ id }) => id);
  const missing = wanted.filter((store) => !known.includes(store));
  if (missing.length > 0) {
    throw new UsageError(`there is no store ${missing.join(', ')}; the stores here are ${known.join(', ')}`);
  }
}
