import { readFile } from 'node:fs/promises';
import { openCaseKey } from '../case-file/case-key.ts';
import { verifyCase } from '../case-file/verify-case.ts';
import { noMore, readArguments } from './arguments.ts';
import { faultCode, inPlainWords } from '../system-words.ts';
import { columns, print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { requireData, withStorage } from './with-storage.ts';

/** Says whether an exported case is as its gateway wrote it. With `--data` or `--key` it also says which gateway. */
export const verifyCaseFile: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, { key: { type: 'string' } });
  noMore(positionals, 1);
  const [file] = positionals;
  if (file === undefined) throw new UsageError('name the file: verify-case FILE');
  const text = await textOf(file);
  const verdict = verifyCase(text, values.key ?? (values.data === undefined ? null : await ownKey(values.data)));
  const ok = verdict.faults.length === 0;
  print(terminal, values.json === true, { ok, ...verdict }, [
    ...verdict.faults.map((fault) => columns(`WRONG: ${fault}`)),
    ...verdict.notes.map((note) => columns(`note: ${note}`)),
    ok
      ? columns(`Order ${verdict.reference ?? ''} is as it was written. Signed by ${verdict.publicKey ?? ''}.`)
      : 'This file is not what a gateway wrote.',
  ]);
  return ok ? 0 : 1;
};

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (faultCode(error) === 'ENOENT') throw new Error(`there is no file ${file}`, { cause: error });
    throw inPlainWords(error, file);
  }
}

async function ownKey(dataDir: string): Promise<string> {
  requireData(dataDir);
  return withStorage(dataDir, async (storage) => (await openCaseKey(storage)).publicKey);
}
