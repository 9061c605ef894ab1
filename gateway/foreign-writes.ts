/** Notices within a fraction of a second what the command line changed beside the running gateway [AU3]. */
import type { Closeable } from './ledger.ts';
import type { Logger } from './logger.ts';
import type { Storage } from './store/open-store.ts';

export interface ForeignWriteOptions {
  readonly storage: Storage;
  readonly log: Logger;
  readonly everyMs: number;
  readonly onChanged: () => Promise<void>;
}

export function watchForeignWrites({ storage, log, everyMs, onChanged }: ForeignWriteOptions): Closeable {
  let seen = storage.writer.dataVersion();
  let running: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    const version = storage.writer.dataVersion();
    if (version === seen) return;
    // The writer notices by itself inside its next transaction; an empty one brings the heads up to date now.
    await storage.writer.write(async () => undefined);
    await onChanged();
    seen = version;
  };
  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) => log.error({ error: String(error) }, 'changes of another process could not be read'))
      .finally(() => (running = null));
  }, everyMs);
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
