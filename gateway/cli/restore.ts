import { existsSync } from 'node:fs';
import { eraseAgain } from '../erasing/erase-again.ts';
import { restoreBackup } from '../store/restore.ts';
import { noMore, readArguments, required } from './arguments.ts';
import { requireFolder } from './data-folder.ts';
import { inPlainWords } from '../system-words.ts';
import { counted, print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';
import { refuseOwnFile, withStorage } from './with-storage.ts';

/**
 * Takes a backup's content over, as a new epoch: every desk then takes a snapshot. Whoever was erased since the backup
 * stays erased [AU4], where the folder still knows of it.
 */
export const restore: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, { from: { type: 'string' } });
  noMore(positionals, 0);
  const dataDir = required(values.data, '--data');
  const file = required(values.from, '--from');
  if (existsSync(dataDir)) refuseOwnFile(dataDir, file, '--from');
  if (existsSync(file)) requireFolder(dataDir);
  const { stores, erasedSince } = await restoreBackup(dataDir, file).catch((error: unknown) => {
    throw inPlainWords(error, dataDir);
  });
  await withStorage(dataDir, (storage) => eraseAgain(storage, Date));
  const lines = stores.map(({ id, epoch }) => `Store ${id} is restored, with the new epoch ${epoch}.`);
  if (erasedSince > 0) lines.push(`Erased again, as since this backup: ${counted(erasedSince, 'customer')}.`);
  print(terminal, values.json === true, { stores, erasedAgain: erasedSince }, lines);
  return 0;
};
