import { createGateway } from '../app.ts';
import type { Gateway, GatewayOptions } from '../app.ts';
import { compose } from '../compose.ts';
import { defaultConfig, loadConfig } from '../config/load-config.ts';
import type { GatewayConfig } from '../config/config-schema.ts';
import { createJsonLog } from '../json-log.ts';
import type { Logger } from '../logger.ts';
import { RESTORE_FOLDER, removeLeftovers } from '../store/leftovers.ts';
import { listStores } from '../store/stores.ts';
import { VERSION } from '../version.ts';
import { closeWithin } from './close-within.ts';
import { noMore, readArguments, required } from './arguments.ts';
import { requireFolder } from './data-folder.ts';
import { faultCode, inPlainWords } from '../system-words.ts';
import type { CommandLine } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_PORT = '8377';
/** Whoever asked the gateway to end kills it after 10 s. */
const END_MS = 9_000;

/** Runs the gateway until it is asked to end; then drains. */
export const serve: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, {
    port: { type: 'string', default: DEFAULT_PORT },
    host: { type: 'string', default: '127.0.0.1' },
    config: { type: 'string' },
  });
  noMore(positionals, 0);
  const dataDir = required(values.data, '--data');
  const port = portOf(values.port);
  // Node takes an empty one for every address of the machine.
  const host = required(values.host, '--host');
  const { environment } = terminal;
  const stopped = terminal.stopped();
  const config = values.config === undefined ? defaultConfig() : await loadConfig(values.config, environment);
  requireFolder(dataDir);
  removeLeftovers(dataDir, RESTORE_FOLDER);
  const log = createJsonLog(terminal.err);
  const gateway = await opened(compose(config, { version: VERSION, dataDir, clock: Date, log }));
  try {
    const url = await gateway.listen({ port, host });
    if (values.json === true) terminal.out(JSON.stringify({ url }));
    else terminal.out(`Tillwatch gateway listening on ${url}`);
    log.info({ url, version: VERSION }, 'listening');
    await tellUnserved(gateway, config, log);
    await stopped;
    log.info({}, 'draining');
  } catch (error) {
    throw notListening(error, host, port);
  } finally {
    const clean = await closeWithin(() => gateway.close(), END_MS);
    if (clean) log.info({}, 'stopped');
    else log.warn({ afterMs: END_MS }, 'stopped with something still under way; all that was answered is kept');
  }
  return 0;
};

/** A store that gateway.yaml no longer names keeps its data, and its desks, keys and webhooks find nobody. */
async function tellUnserved({ storage }: Gateway, { stores }: GatewayConfig, log: Logger): Promise<void> {
  const served = new Set(stores.map(({ id }) => id));
  for (const { id } of await listStores(storage.reader)) {
    if (served.has(id)) continue;
    log.warn({ store: id }, 'a store in the data is not served: the configuration does not name it');
  }
}

async function opened(options: GatewayOptions): Promise<Gateway> {
  try {
    return await createGateway(options);
  } catch (error) {
    throw inPlainWords(error, options.dataDir);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 (any free port) to 65535, not "${text}"`);
}

/** Why the address can't be listened on, in words for whoever chose it. */
function notListening(error: unknown, host: string, port: number): unknown {
  switch (faultCode(error)) {
    case 'EADDRINUSE':
      return new Error(`${host}:${port} is in use; choose another --port, or 0 for a free one`);
    case 'EACCES':
      return new Error(`this user may not listen on port ${port}; choose a --port from 1024 on`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return new Error(
        `--host ${host} is no address of this machine; 127.0.0.1 is reached from this machine alone, 0.0.0.0 from others too`,
      );
    default:
      return error;
  }
}
