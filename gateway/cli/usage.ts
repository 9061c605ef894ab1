/** How each command is written, and what it does. */

interface Usage {
  readonly synopsis: readonly string[];
  readonly about: readonly string[];
}

const usages: Readonly<Record<string, Usage>> = {
  serve: {
    synopsis: ['serve --data DIR [--port 8377] [--host 127.0.0.1] [--config gateway.yaml]'],
    about: [
      'Runs the gateway until SIGTERM or Ctrl+C. Its log is JSON lines on stderr.',
      '--data DIR      where everything is kept; it is made where it is missing',
      '--port N        0 takes a free one; the line on stdout says which',
      '--host ADDRESS  127.0.0.1 is reached from this machine alone, 0.0.0.0 from others too',
      '--config FILE   stores, sources and chains; without it there is one store, main',
    ],
  },
  pair: {
    synopsis: [
      'pair --data DIR --store main [--store …] --role staff|support|admin [--name "Front counter"]',
      '     [--gateway URL] [--config gateway.yaml]',
    ],
    about: [
      'Prints a code that lets one desk in, once, within ten minutes.',
      '--store ID      which store it may watch; may be given several times',
      '--gateway URL   the address that the link carries, else publicUrl, else where the gateway serves',
      '--config FILE   names the stores and publicUrl before the gateway served for the first time',
    ],
  },
  key: {
    synopsis: [
      'key --data DIR [list]',
      'key --data DIR create --store main --scope orders:write|orders:read|operator [--scope …] --name N',
      '    [--config gateway.yaml]',
      'key --data DIR revoke ID',
    ],
    about: [
      'Keys of shops and operators. A key is shown once, when it is created.',
      '--config FILE   names the stores before the gateway served for the first time',
    ],
  },
  desks: {
    synopsis: ['desks --data DIR [list]', 'desks --data DIR revoke DESK_ID'],
    about: ['Paired desks. A revoked one is closed within a second.'],
  },
  erase: {
    synopsis: ['erase --data DIR --store main --order ID'],
    about: ["Erases the order's customer, here and at every desk; also while the gateway serves."],
  },
  backup: {
    synopsis: ['backup --data DIR --out FILE'],
    about: ['Copies everything into one file, consistent as of one moment; also while the gateway serves.'],
  },
  restore: {
    synopsis: ['restore --data DIR --from FILE'],
    about: ['Replaces everything by a backup, as a new epoch; into an empty folder, or beside a serving gateway.'],
  },
  check: {
    synopsis: ['check --config gateway.yaml'],
    about: ['Says whether serve would take a configuration, and names line and field of every fault.'],
  },
  'verify-case': {
    synopsis: ['verify-case FILE [--key KEY | --data DIR]'],
    about: [
      'Says whether an exported case is as its gateway wrote it.',
      '--key KEY       the key of the gateway that has to have signed it',
      '--data DIR      the same, by the data of that gateway',
    ],
  },
  version: { synopsis: ['version'], about: ['Says which version this is.'] },
};

const HERE = 'npm run gateway --';

/** @param program how the gateway is called; `npm run gateway --` where it is left out */
export function usageOf(program: string = HERE): string {
  const lines = Object.values(usages).flatMap(({ synopsis }) => synopsis);
  return [
    `Usage: ${program} COMMAND`,
    ...lines.map((line) => `  ${line}`),
    `Every command takes --json. \`${program} help COMMAND\` says more of one.`,
  ].join('\n');
}

/** @returns null for a command that does not exist */
export function usageOfCommand(name: string, program: string = HERE): string | null {
  const usage = Object.hasOwn(usages, name) ? usages[name] : undefined;
  if (!usage) return null;
  const synopsis = usage.synopsis.map((line, index) => `${index === 0 ? 'Usage:' : '      '} ${program} ${line}`);
  return [...synopsis, ...usage.about, '--json          prints one JSON object instead'].join('\n');
}
