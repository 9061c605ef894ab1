import { parseArgs } from 'node:util';

export interface HostArguments {
  readonly data: string;
  readonly port: number;
  readonly name: string;
  readonly open: boolean;
  /** The gateway to pair with when the profile is not paired yet; without a code, whoever started it is told so. */
  readonly pairing: { readonly gateway: string; readonly code: string | null } | null;
  /** True when whoever started this host offers a demo over the process channel. */
  readonly demo: boolean;
  /** A former address of the demo's gateway: a pairing with it may be replaced. */
  readonly demoReplaces: string | null;
}

export const usage = `Usage: npm run desk:browser -- --data DIR [--port N] [--gateway URL --pair CODE] [--name NAME] [--no-open]

  --data DIR       the profile: journal, device key and lock of this desk
  --port N         loopback port of the page (0, the default: a free one)
  --gateway URL    the gateway to pair with, when this profile is not paired yet
  --pair CODE      the pairing code that "npm run gateway -- pair" printed
  --name NAME      how the gateway shall call this desk
  --no-open        only print the link`;

export type Parsed = { readonly value: HostArguments } | { readonly fault: string } | { readonly help: true };

const options = {
  data: { type: 'string' },
  port: { type: 'string', default: '0' },
  gateway: { type: 'string' },
  pair: { type: 'string' },
  name: { type: 'string' },
  'no-open': { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  'demo-replaces': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the command line. @param deskName the name taken when none is given */
export function parseHostArguments(argv: readonly string[], deskName: string): Parsed {
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true });
    if (values.help) return { help: true };
    if (!values.data) return { fault: 'Where shall the profile live? Give --data DIR.' };
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
      return { fault: `--port takes a number from 0 to 65535, not "${values.port}".` };
    }
    const { gateway, pair } = values;
    if (pair !== undefined && gateway === undefined) return { fault: '--pair CODE needs --gateway URL beside it.' };
    return {
      value: {
        data: values.data,
        port: Number(values.port),
        name: (values.name ?? deskName).trim().slice(0, 128) || 'Desk',
        open: !values['no-open'],
        pairing: gateway === undefined ? null : { gateway, code: pair ?? null },
        demo: values.demo,
        demoReplaces: values['demo-replaces'] ?? null,
      },
    };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
