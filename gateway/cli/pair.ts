import { limits, roles } from '../../contract/protocol.ts';
import { newPairingCode, normalPairingCode, secretHash } from '../auth/secrets.ts';
import { DESK_URL, isReachedByDesks } from '../config/desk-url.ts';
import { loadConfig } from '../config/load-config.ts';
import { GATEWAY_URL, readMeta } from '../store/meta.ts';
import { insertPairingCode } from '../store/pairing-codes.ts';
import { label, noMore, oneOf, readArguments, required } from './arguments.ts';
import { print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { requireStores, withStorage } from './with-storage.ts';

const DEFAULT_URL = 'http://127.0.0.1:8377';
const UNREACHED =
  'as it is plain http: set publicUrl in gateway.yaml to where your proxy is reached, or give --gateway URL.';

/** Makes a pairing code: single-use, 10 minutes [AU1]. */
export const pair: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, {
    store: { type: 'string', multiple: true },
    role: { type: 'string' },
    name: { type: 'string' },
    gateway: { type: 'string' },
    config: { type: 'string' },
  });
  noMore(positionals, 0);
  const stores = [...new Set(values.store ?? [])];
  if (stores.length === 0) throw new UsageError('--store is missing: which store may the desk watch?');
  const role = oneOf(required(values.role, '--role'), roles, '--role');
  const { gateway } = values;
  if (gateway !== undefined && !isReachedByDesks(gateway)) {
    throw new UsageError(`--gateway takes ${DESK_URL}, not "${gateway}"`);
  }
  const config = values.config === undefined ? undefined : await loadConfig(values.config, terminal.environment);
  const name = values.name === undefined ? null : label(values.name);
  const code = newPairingCode();
  const expiresAt = Date.now() + limits.pairingCodeMs;
  const url = await withStorage(required(values.data, '--data'), async (storage) => {
    await requireStores(storage, stores, config);
    const grant = { role, name, stores, expiresAt };
    await storage.writer.write((tx) => insertPairingCode(tx, secretHash(normalPairingCode(code)), grant));
    return gateway ?? config?.publicUrl ?? (await readMeta(storage.reader, GATEWAY_URL)) ?? DEFAULT_URL;
  });
  const link = `tillwatch://pair?gateway=${encodeURIComponent(url)}&code=${encodeURIComponent(code)}`;
  print(terminal, values.json === true, { code, expiresAt, link }, [
    `Pairing code: ${code}`,
    `Link: ${link}`,
    `For one desk with the role ${role}, until ${new Date(expiresAt).toISOString()}.`,
    ...(isReachedByDesks(url) ? [] : [`Desks refuse ${url}, ${UNREACHED}`]),
  ]);
  return 0;
};
