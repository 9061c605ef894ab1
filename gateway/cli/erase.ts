import { eraseAgain } from '../erasing/erase-again.ts';
import { eraseCustomerOf } from '../erasing/erase-customer.ts';
import { RESTORE_FOLDER, removeLeftovers } from '../store/leftovers.ts';
import { listStores } from '../store/stores.ts';
import { noMore, readArguments, required } from './arguments.ts';
import { print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { requireData, withStorage } from './with-storage.ts';

/**
 * Erases the customer of one order, also while the gateway serves: its desks hear of it within a second [AU4]. Whom a killed
 * restore left to be erased goes with it.
 */
export const erase: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, { store: { type: 'string' }, order: { type: 'string' } });
  noMore(positionals, 0);
  const dataDir = required(values.data, '--data');
  const store = required(values.store, '--store');
  const order = required(values.order, '--order');
  requireData(dataDir);
  removeLeftovers(dataDir, RESTORE_FOLDER);
  const erased = await withStorage(dataDir, async (storage) => {
    const known = (await listStores(storage.reader)).map(({ id }) => id);
    if (!known.includes(store))
      throw new UsageError(`there is no store ${store}; the stores here are ${known.join(', ')}`);
    const erased = await eraseCustomerOf({ storage, clock: Date, store, order });
    await eraseAgain(storage, Date);
    return erased;
  });
  if (!erased) throw new Error(`there is no order ${order} in ${store}; it is named by its id, as ord_…`);
  print(terminal, values.json === true, erased, [
    `The customer of ${order} is erased. Raw deliveries that were redacted: ${erased.deliveries}.`,
    'Backups written before still hold it.',
    ...(erased.purged ? [] : ['Traces stay in the write-ahead log until the gateway next empties it; run this again.']),
  ]);
  return 0;
};
