import { parseArgs } from 'node:util';

export interface StartArguments {
  /** Opens in the browser even where Electron could be had. */
  readonly browser: boolean;
  readonly open: boolean;
  /** Loopback port of the page, 0 for a free one; null takes the usual one, or a free one where that is taken. */
  readonly port: number | null;
  /** Null takes the user-data folder. */
  readonly data: string | null;
  /** A gateway that runs elsewhere: neither gateway nor demo is started here then. */
  readonly gateway: { readonly url: string; readonly code: string | null } | null;
  readonly name: string | null;
  /** What alone the demo plays; null plays its programme. */
  readonly scenario: string | null;
}

export type Parsed = { readonly value: StartArguments } | { readonly fault: string } | { readonly help: true };

export const usage = `Usage: npm start -- [options]

Without options: starts a gateway and a demo shop on this machine and opens the desk.

  --gateway URL    connect to this gateway; nothing else is started here
  --pair CODE      the pairing code that "npm run gateway -- pair" printed there
  --name NAME      how the gateway shall call this desk
  --scenario NAME  let the demo play this alone, such as nonce-gap; "npm run demo -- --help" lists them
  --browser        open in the browser even where Electron is installed
  --no-open        print the link, open nothing
  --port N         loopback port of the page (0: a free one)
  --data DIR       where journal, keys and logs are kept (default: the user-data folder)
  --help           this text`;

const options = {
  browser: { type: 'boolean', default: false },
  'no-open': { type: 'boolean', default: false },
  port: { type: 'string' },
  data: { type: 'string' },
  gateway: { type: 'string' },
  pair: { type: 'string' },
  name: { type: 'string' },
  scenario: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

function isHttp(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'http:' || url?.protocol === 'https:';
}

/** Reads the command line; a fault says what was wrong and what would be right. */
export function parseStartArguments(argv: readonly string[]): Parsed {
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true });
    const { port, data, gateway, pair, scenario } = values;
    if (values.help) return { help: true };
    if (port !== undefined && !isPort(port)) return { fault: `--port takes a number from 0 to 65535, not "${port}".` };
    if (data === '') return { fault: '--data takes a folder.' };
    if (gateway !== undefined && !isHttp(gateway)) {
      return { fault: `--gateway takes an address such as https://gateway.example, not "${gateway}".` };
    }
    if (pair !== undefined && gateway === undefined) return { fault: '--pair CODE needs --gateway URL beside it.' };
    if (scenario !== undefined && gateway !== undefined) {
      return { fault: '--scenario is the demo’s: leave it out together with --gateway.' };
    }
    return {
      value: {
        browser: values.browser,
        open: !values['no-open'],
        port: port === undefined ? null : Number(port),
        data: data ?? null,
        gateway: gateway === undefined ? null : { url: gateway, code: pair ?? null },
        name: values.name ?? null,
        scenario: scenario ?? null,
      },
    };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
