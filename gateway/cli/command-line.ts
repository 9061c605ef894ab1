import { ConfigError } from '../config/load-config.ts';
import { VERSION } from '../version.ts';
import { noMore, readArguments } from './arguments.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { desks } from './desks.ts';
import { erase } from './erase.ts';
import { key } from './key.ts';
import { pair } from './pair.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { inPlainWords } from '../system-words.ts';
import { print } from './terminal.ts';
import type { CommandLine, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { usageOf, usageOfCommand } from './usage.ts';
import { verifyCaseFile } from './verify-case.ts';

/** Exit codes: 0 done, 1 failed, 2 wrong arguments or configuration. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    terminal.err(usageOf(terminal.program));
    return 2;
  }
  const asked = askedFor(args);
  if (asked !== null) return help(asked, terminal);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return unknown(name, terminal);
  try {
    return await command(rest, terminal);
  } catch (error) {
    return failed(name, error, terminal);
  }
}

/** What somebody wants to be helped with: a command, '' for all of them, or null where nobody asks. */
function askedFor([name = '', ...rest]: readonly string[]): string | null {
  if (name === 'help') return rest.find((word) => !word.startsWith('-')) ?? '';
  if (name === '--help' || name === '-h') return '';
  return rest.includes('--help') || rest.includes('-h') ? name : null;
}

function help(about: string, terminal: Terminal): number {
  const text = about === '' ? usageOf(terminal.program) : usageOfCommand(about, terminal.program);
  if (text === null) return unknown(about, terminal);
  terminal.out(text);
  return 0;
}

function unknown(name: string, terminal: Terminal): number {
  terminal.err(`There is no command "${name}".\n${usageOf(terminal.program)}`);
  return 2;
}

function failed(name: string, error: unknown, terminal: Terminal): number {
  const plain = inPlainWords(error, 'the system');
  const message = plain instanceof Error ? plain.message : String(plain);
  terminal.err(plain instanceof ConfigError ? message : `${name}: ${message}`);
  if (plain instanceof UsageError) {
    terminal.err(`\`${terminal.program ?? 'npm run gateway --'} help ${name}\` shows how it is written.`);
  }
  return plain instanceof UsageError || plain instanceof ConfigError ? 2 : 1;
}

const version: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, {});
  noMore(positionals, 0);
  print(terminal, values.json === true, { version: VERSION }, [`Tillwatch gateway ${VERSION}`]);
  return 0;
};

const commands: Readonly<Record<string, CommandLine>> = {
  ...{ serve, pair, key, desks, erase, backup, restore, check, version },
  '--version': version,
  'verify-case': verifyCaseFile,
};
