import { parseArgs } from 'node:util';
import { gatewayAddress } from '../desk/connection/gateway-address.ts';

export interface DoctorArguments {
  /** The gateway's URL; null takes the one the profile is paired with. */
  readonly gateway: string | null;
  /** Folder of a profile, null to examine as nobody. */
  readonly data: string | null;
  /** `http://host:port`, null for a direct connection. */
  readonly proxy: string | null;
  readonly json: boolean;
}

export const doctorUsage = `npm run doctor -- --gateway URL [--data DIR] [--proxy URL] [--json]

  Examines the way to a gateway step by step: what was found, how long it took, and what to try.
  It changes nothing, and a desk that is connected stays so.

  --gateway URL    the gateway; with --data it may be left out
  --data DIR       the profile whose pairing is tried too; a folder given to "npm start -- --data" will do
  --proxy URL      goes through this proxy, such as http://proxy.example:3128; else through HTTPS_PROXY, where that is set
  --json           prints the report as one JSON object

  Exit codes: 0 all is well, 1 a step failed, 2 wrong arguments.`;

export type Parsed = { readonly value: DoctorArguments } | { readonly fault: string } | { readonly help: true };

const options = {
  gateway: { type: 'string' },
  data: { type: 'string' },
  proxy: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export function parseDoctorArguments(argv: readonly string[]): Parsed {
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true });
    if (values.help) return { help: true };
    const { gateway, data, proxy, json } = values;
    if (gateway === undefined && !data)
      return { fault: 'Which gateway? Give --gateway URL, or --data DIR of a paired desk.' };
    if (data === '') return { fault: '--data takes a folder.' };
    if (proxy !== undefined && !isProxy(proxy))
      return { fault: '--proxy takes http://host:port or https://host:port.' };
    return {
      value: {
        gateway: gateway === undefined ? null : gatewayAddress(gateway),
        data: data ?? null,
        proxy: proxy ?? null,
        json,
      },
    };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function isProxy(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.hostname !== '';
}
