import { writeBackup } from '../store/backup.ts';
import { noMore, readArguments, required } from './arguments.ts';
import { print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';
import { refuseOwnFile, requireData } from './with-storage.ts';

/** Copies everything into one file, consistent, also while the gateway serves. */
export const backup: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, { out: { type: 'string' } });
  noMore(positionals, 0);
  const dataDir = required(values.data, '--data');
  const file = required(values.out, '--out');
  requireData(dataDir);
  refuseOwnFile(dataDir, file, '--out');
  const { bytes } = await writeBackup(dataDir, file);
  print(terminal, values.json === true, { file, bytes }, [
    `Backed up ${bytes} bytes to ${file}. It holds customer data: keep it as safe as the gateway.`,
  ]);
  return 0;
};
