import { pair } from '../pair.ts';
import { GatewayError } from '../gateway-error.ts';
import { gatewayUrl } from '../gateway-url.ts';
import type { Identity } from '../identity.ts';
import type { ReachOptions } from '../reach.ts';
import { followStore } from './follow-store.ts';
import { keepIdentity, readIdentity } from './identity-file.ts';
import { listenUsage, parseListenArguments } from './listen-arguments.ts';
import type { ListenArguments } from './listen-arguments.ts';
import { OrderMemory } from './order-memory.ts';
import { jsonPrinter, plain, wordPrinter } from './printer.ts';
import type { Printer, Streams } from './printer.ts';

export interface ListenTerminal extends Streams {
  /** How a gateway is reached. */
  readonly reach: (gateway: string) => ReachOptions;
  /** Ends it, as Ctrl+C does. */
  readonly signal: AbortSignal;
  readonly defaultName: string;
  readonly healthEveryMs?: number;
}

/** @returns the exit code: 0 ended by the signal, 1 refused, 2 wrong arguments */
export async function runListen(argv: readonly string[], terminal: ListenTerminal): Promise<number> {
  const parsed = parseListenArguments(argv, terminal.defaultName);
  if ('help' in parsed) {
    terminal.out(listenUsage);
    return 0;
  }
  if ('fault' in parsed) {
    terminal.err(`${parsed.fault}\n\n${listenUsage}`);
    return 2;
  }
  try {
    const identity = await identityOf(parsed.value, terminal);
    await listen(identity, parsed.value, terminal);
    return 0;
  } catch (error) {
    if (terminal.signal.aborted) return 0;
    terminal.err(plain(adviceOn(error)));
    return 1;
  }
}

async function identityOf(args: ListenArguments, { reach, err }: ListenTerminal): Promise<Identity> {
  const { gateway, code, data, name } = args;
  if (code !== null && gateway !== null) {
    const identity = await pair({ gateway, code, name, ...reach(gateway) });
    if (data !== null) await keepIdentity(data, identity);
    else err(`-- paired as ${identity.deskId}; nothing is kept: revoke it at the gateway when you are done`);
    return identity;
  }
  const kept = data === null ? null : await readIdentity(data);
  if (!kept) throw new Error(`No identity is kept in ${data ?? '?'}: give --gateway URL and --code CODE once.`);
  if (gateway !== null && gatewayUrl(gateway) !== kept.gateway) {
    throw new Error(
      `The identity in ${data ?? '?'} is of ${kept.gateway}: leave --gateway out, or pair with a --code.`,
    );
  }
  return kept;
}

async function listen(identity: Identity, { store, json }: ListenArguments, terminal: ListenTerminal): Promise<void> {
  const printer: Printer = json ? jsonPrinter(terminal) : wordPrinter(terminal);
  const memory = new OrderMemory();
  const { signal, now, reach, healthEveryMs } = terminal;
  await followStore({
    ...reach(identity.gateway),
    identity,
    store,
    signal,
    ...(healthEveryMs !== undefined && { healthEveryMs }),
    listener: {
      state: (state) => printer.state(state),
      picture: (orders, why) => {
        memory.replace(orders);
        if (why !== null) printer.picture(why);
      },
      events: (events, offsetMs) => {
        for (const event of events) {
          const latencyMs = Math.max(0, Math.round(now() + offsetMs - event.at.received));
          printer.event({ event, order: memory.apply(event), latencyMs });
        }
      },
    },
  });
}

const advice: Readonly<Record<string, string>> = {
  'bad-code': 'The pairing code is wrong, used or expired: ask for a new one with "npm run gateway -- pair".',
  'bad-signature': 'The gateway does not know this listener any more: pair it again with --gateway URL --code CODE.',
  revoked: 'This listener was revoked at the gateway: pair it again with --gateway URL --code CODE.',
  forbidden: 'This listener may not watch that store: pair it with a code for it, or give another --store.',
  superseded: 'Another listener with the same identity took its place: give each one a --data folder of its own.',
};

function adviceOn(error: unknown): string {
  if (error instanceof GatewayError) return advice[error.code] ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
