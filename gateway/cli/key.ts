import { keyScopes } from '../../contract/protocol.ts';
import { newId, newSecret, secretHash } from '../auth/secrets.ts';
import { loadConfig } from '../config/load-config.ts';
import { insertKey, listKeys, revokeKey } from '../store/shop-keys.ts';
import { label, noMore, oneOf, readArguments, required } from './arguments.ts';
import { columns, print } from './terminal.ts';
import type { CommandLine, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { requireData, requireStores, withStorage } from './with-storage.ts';

/** Keys of shops and operators: create, list, revoke. */
export const key: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, {
    store: { type: 'string' },
    scope: { type: 'string', multiple: true },
    name: { type: 'string' },
    config: { type: 'string' },
  });
  const dataDir = required(values.data, '--data');
  const json = values.json === true;
  const [action = 'list', id] = positionals;
  switch (oneOf(action, ['create', 'list', 'revoke'], 'key')) {
    case 'create':
      noMore(positionals, 1);
      return create(dataDir, values, terminal);
    case 'list':
      noMore(positionals, 1);
      return list(dataDir, json, terminal);
    case 'revoke':
      noMore(positionals, 2);
      return revoke(dataDir, required(id, 'the id of the key'), json, terminal);
  }
};

interface CreateValues {
  readonly store?: string | undefined;
  readonly scope?: string[] | undefined;
  readonly name?: string | undefined;
  readonly config?: string | undefined;
  readonly json?: boolean | undefined;
}

async function create(dataDir: string, values: CreateValues, terminal: Terminal): Promise<number> {
  const given = (values.scope ?? []).flatMap((each) => each.split(','));
  if (given.length === 0) throw new UsageError(`--scope is missing: one or several of ${keyScopes.join(', ')}`);
  const scopes = [...new Set(given.map((each) => oneOf(each, keyScopes, '--scope')))];
  const store = required(values.store, '--store');
  const name = label(required(values.name, '--name'));
  const config = values.config === undefined ? undefined : await loadConfig(values.config, terminal.environment);
  const secret = newSecret('twk');
  const made = { id: newId('key'), name, store, scopes, createdAt: Date.now(), revokedAt: null };
  await withStorage(dataDir, async (storage) => {
    await requireStores(storage, [store], config);
    await storage.writer.write((tx) => insertKey(tx, secretHash(secret), made));
  });
  print(terminal, values.json === true, { id: made.id, key: secret }, [
    `Key ${made.id} for ${store}, ${scopes.join(', ')}. It is shown this once; keep it safe:`,
    secret,
  ]);
  return 0;
}

async function list(dataDir: string, json: boolean, terminal: Terminal): Promise<number> {
  requireData(dataDir);
  const items = await withStorage(dataDir, ({ reader }) => listKeys(reader));
  const lines = items.map(({ id, name, store, scopes, revokedAt }) =>
    columns(id, store, scopes.join(','), name, revokedAt === null ? 'active' : 'revoked'),
  );
  print(terminal, json, { items }, lines.length > 0 ? lines : ['There are no keys.']);
  return 0;
}

async function revoke(dataDir: string, id: string, json: boolean, terminal: Terminal): Promise<number> {
  requireData(dataDir);
  const found = await withStorage(dataDir, ({ writer }) => writer.write((tx) => revokeKey(tx, id, Date.now())));
  if (!found) throw new Error(`there is no key ${id}; \`key list\` shows those there are`);
  print(terminal, json, { id, revoked: true }, [`Key ${id} is revoked.`]);
  return 0;
}
