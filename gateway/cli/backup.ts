import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeBackup } from '../store/backup.ts';
import { noMore, readArguments, required } from './arguments.ts';
import { inPlainWords, isFull } from '../system-words.ts';
import { print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { refuseOwnFile, requireData } from './with-storage.ts';

/** Copies everything into one file, consistent, also while the gateway serves. */
export const backup: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, { out: { type: 'string' } });
  noMore(positionals, 0);
  const dataDir = required(values.data, '--data');
  const file = required(values.out, '--out');
  requireData(dataDir);
  refuseOwnFile(dataDir, file, '--out');
  requirePlace(file);
  const { bytes } = await writeBackup(dataDir, file).catch((error: unknown) => {
    // What it reads needs no room; what it writes does.
    throw inPlainWords(error, isFull(error) ? dirname(resolve(file)) : dataDir);
  });
  print(terminal, values.json === true, { file, bytes }, [
    `Backed up ${bytes} bytes to ${file}. It holds customer data: keep it as safe as the gateway.`,
  ]);
  return 0;
};

/** @throws UsageError when no file can be written under this name */
function requirePlace(file: string): void {
  const folder = dirname(resolve(file));
  if (!(kindOf(folder)?.isDirectory() ?? false)) {
    throw new UsageError(`--out: there is no folder ${folder}; make it first`);
  }
  const held = kindOf(file);
  if (held?.isDirectory()) throw new UsageError(`--out ${file} is a folder; name a file in it`);
  // The finished file takes the name over: a device, a pipe or what a link leads to would be gone.
  if (held && !held.isFile()) throw new UsageError(`--out ${file} is not a file; name one that is, or a new one`);
}

function kindOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
