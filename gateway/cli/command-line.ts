import { ConfigError } from '../config/load-config.ts';
import { VERSION } from '../version.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { desks } from './desks.ts';
import { erase } from './erase.ts';
import { key } from './key.ts';
import { pair } from './pair.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { print } from './terminal.ts';
import type { CommandLine, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { verifyCaseFile } from './verify-case.ts';

const commands: Readonly<Record<string, CommandLine>> = {
  ...{ serve, pair, key, desks, erase, backup, restore, check },
  'verify-case': verifyCaseFile,
};

const usage = ({ program = 'npm run gateway --' }: Terminal) => `Usage: ${program} COMMAND
  serve    --data DIR [--port 8377] [--host 127.0.0.1] [--config gateway.yaml]    --port 0 takes a free one
  pair     --data DIR --store main [--store …] --role staff|support|admin [--name "Front counter"]
           [--gateway URL]                          the address its link carries, else publicUrl of gateway.yaml
  key      --data DIR [create --store main --scope orders:write|orders:read|operator --name N | list | revoke ID]
  desks    --data DIR [list | revoke DESK_ID]
  erase    --data DIR --store main --order ID       the order's customer, here and at every desk
  backup   --data DIR --out FILE
  restore  --data DIR --from FILE
  check    --config gateway.yaml
  verify-case FILE [--key KEY | --data DIR]    whether an exported case is as its gateway wrote it
  version
Every command takes --json.`;

/** Exit codes: 0 done, 1 failed, 2 wrong arguments or configuration. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || args.includes('--help')) {
    (name === undefined ? terminal.err : terminal.out)(usage(terminal));
    return name === undefined ? 2 : 0;
  }
  if (name === 'version' || name === '--version') {
    print(terminal, rest.includes('--json'), { version: VERSION }, [`Tillwatch gateway ${VERSION}`]);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    terminal.err(`There is no command "${name}".\n${usage(terminal)}`);
    return 2;
  }
  try {
    return await command(rest, terminal);
  } catch (error) {
    const wrong = error instanceof UsageError || error instanceof ConfigError;
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(error instanceof ConfigError ? message : `${name}: ${message}`);
    if (error instanceof UsageError) {
      terminal.err(`\`${terminal.program ?? 'npm run gateway --'} help\` shows how each command is written.`);
    }
    return wrong ? 2 : 1;
  }
}
