import { existsSync } from 'node:fs';
import { restoreBackup } from '../store/restore.ts';
import { noMore, readArguments, required } from './arguments.ts';
import { requireFolder } from './data-folder.ts';
import { inPlainWords } from '../system-words.ts';
import { print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';
import { refuseOwnFile } from './with-storage.ts';

/** Takes a backup's content over, as a new epoch: every desk then takes a snapshot. */
export const restore: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, { from: { type: 'string' } });
  noMore(positionals, 0);
  const dataDir = required(values.data, '--data');
  const file = required(values.from, '--from');
  if (existsSync(dataDir)) refuseOwnFile(dataDir, file, '--from');
  if (existsSync(file)) requireFolder(dataDir);
  const stores = await restoreBackup(dataDir, file).catch((error: unknown) => {
    throw inPlainWords(error, dataDir);
  });
  const lines = stores.map(({ id, epoch }) => `Store ${id} is restored, with the new epoch ${epoch}.`);
  print(terminal, values.json === true, { stores }, lines);
  return 0;
};
