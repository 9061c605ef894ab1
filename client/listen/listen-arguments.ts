import { parseArgs } from 'node:util';
import { nameSchema } from '../../contract/order.ts';

export interface ListenArguments {
  /** Null takes the one the kept identity is of. */
  readonly gateway: string | null;
  /** Null takes the identity kept in `data`. */
  readonly code: string | null;
  /** Folder in which the identity is kept; null throws it away at the end. */
  readonly data: string | null;
  readonly store: string;
  readonly name: string;
  readonly json: boolean;
}

export const listenUsage = `npm run listen -- --gateway URL --code CODE [--data DIR] [--store main] [--json]
npm run listen -- --data DIR [--store main] [--json]

  Prints a store's events as they happen, one a line: time, order, kind, amount, and how long it took to come here.
  Says when it is not current, and goes on by itself where it stopped once the gateway is back. Ctrl+C ends it.

  --gateway URL   the gateway
  --code CODE     a pairing code of it: npm run gateway -- pair --data … --store main --role staff
  --data DIR      keeps the identity that the code gave there, and takes it from there without a code. It is the
                  listener's own: a desk with its data in the same folder is not disturbed
  --store ID      the store (main)
  --name NAME     how the gateway shall call this listener
  --json          prints JSON, one object a line: {"line":"event"|"state", …}

  Exit codes: 0 ended by Ctrl+C, 1 refused by the gateway, 2 wrong arguments.`;

export type Parsed = { readonly value: ListenArguments } | { readonly fault: string } | { readonly help: true };

const options = {
  gateway: { type: 'string' },
  code: { type: 'string' },
  data: { type: 'string' },
  store: { type: 'string', default: 'main' },
  name: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** @param defaultName how the gateway calls this listener where nothing is said */
export function parseListenArguments(argv: readonly string[], defaultName: string): Parsed {
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true });
    if (values.help) return { help: true };
    const { gateway, code, data, store, name, json } = values;
    if (code === undefined && data === undefined)
      return { fault: 'Who is listening? Give --code CODE, or --data DIR.' };
    if (code !== undefined && gateway === undefined)
      return { fault: 'Of which gateway is the code? Give --gateway URL.' };
    if (data === '') return { fault: '--data takes a folder.' };
    if (!nameSchema.safeParse(store).success) return { fault: `"${store}" is no name of a store.` };
    const given = { gateway: gateway ?? null, code: code?.trim() ?? null, data: data ?? null };
    return { value: { ...given, store, json, name: (name ?? defaultName).trim().slice(0, 128) || 'Listener' } };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
