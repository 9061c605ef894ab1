import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compose } from '../../../../gateway/compose.ts';
import { ConfigError, defaultConfig, loadConfig } from '../../../../gateway/config/load-config.ts';
import { parseConfig } from '../../../../gateway/config/parse-config.ts';
import { RATES } from '../../../../gateway/auth/rates.ts';

const documented = `
stores:
  - id: main
    name: Main street
    currency: USD
    timeZone: Europe/Lisbon
    lateGraceMinutes: 60
    underpaidTolerance: 0.5%
    release:
      - { chain: "eip155:1", upTo: "100 USD", confirmations: 1 }
      - { chain: "eip155:1", confirmations: 12 }
sources:
  - { id: cdc, kind: crypto-com-pay, store: main, webhookSecrets: ["\${CDC_WEBHOOK_SECRET}"], apiKey: "\${CDC_KEY}", apiBase: "https://pay.crypto.com/api" }
chains:
  - { id: "eip155:1", kind: evm, rpc: ["wss://node.example", "https://node.example"], confirmations: 12, tokens: [{ symbol: USDC, address: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", decimals: 6 }] }
trustProxy: false
`;
const environment = { CDC_WEBHOOK_SECRET: 'whsec: {odd} "text"', CDC_KEY: 'sk_1' };

test('the documented configuration means what it says', () => {
  const parsed = parseConfig(documented, environment);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const [store] = parsed.config.stores;
  expect(store).toMatchObject({
    underpaidTolerance: 50,
    release: [
      { chain: 'eip155:1', upTo: { currency: 'USD', amount: '100' }, confirmations: 1 },
      { chain: 'eip155:1', confirmations: 12 },
    ],
  });
  expect(parsed.config.sources[0]).toMatchObject({
    webhookSecrets: ['whsec: {odd} "text"'],
    apiKey: 'sk_1',
    toleranceSeconds: 300,
  });
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const options = compose(parsed.config, { version: '1', dataDir: '/nowhere', clock: Date, log });
  expect(options.sources.map(({ id, kind, store }) => [id, kind, store])).toEqual([['cdc', 'crypto-com-pay', 'main']]);
  expect(options.chains.map(({ id, kind }) => [id, kind])).toEqual([['eip155:1', 'evm']]);
});

test('[DL8] less than 30 days of retention is refused by name', () => {
  expect(parseConfig('retentionDays: 29', {})).toMatchObject({
    ok: false,
    faults: [{ line: 1, field: 'retentionDays' }],
  });
  expect(parseConfig('rateLimits: { desk: { burst: 0, perSecond: 1 } }', {})).toMatchObject({
    ok: false,
    faults: [{ line: 1, field: 'rateLimits.desk.burst' }],
  });
  const slower = { burst: 10, perSecond: 0.5 };
  expect(parseConfig('rateLimits: { desk: { burst: 10, perSecond: 0.5 } }', {})).toMatchObject({
    ok: true,
    config: { rateLimits: { address: RATES.address, desk: slower } },
  });
  expect(parseConfig('retentionDays: 30', {})).toMatchObject({ ok: true, config: { retentionDays: 30 } });
});

test('nothing configured: one store, main', () => {
  const parsed = parseConfig('', {});
  const main = {
    id: 'main',
    name: 'Main',
    currency: 'USD',
    timeZone: 'UTC',
    lateGraceMinutes: 60,
    underpaidTolerance: 0,
    witnessConflictMinutes: 10,
    release: [],
  };
  const empty = { stores: [main], sources: [], chains: [], trustProxy: false, retentionDays: 90, rateLimits: RATES };
  expect(parsed).toEqual({ ok: true, config: empty });
  expect(defaultConfig().stores).toEqual([main]);
});

test.each([
  ['stores:\n  - id: a\n    currency: usd', [[3, 'stores.0.currency']]],
  ['stores:\n  - id: a\n    timeZone: Mars/Olympus', [[3, 'stores.0.timeZone']]],
  ['stores:\n  - id: a\n    underpaidTolerance: 5', [[3, 'stores.0.underpaidTolerance']]],
  ['stores:\n  - id: a\n    underpaidTolerance: 0.555%', [[3, 'stores.0.underpaidTolerance']]],
  ['stores:\n  - id: a\n    colour: red', [[3, 'stores.0.colour']]],
  ['stores:\n  - id: a\n  - id: a', [[3, 'stores.1.id']]],
  ['stores:\n  - id: a\n    release:\n      - { upTo: 100, confirmations: 1 }', [[4, 'stores.0.release.0.upTo']]],
  ['sources:\n  - { id: x, kind: crypto-com-pay, store: none, webhookSecrets: [s] }', [[2, 'sources.0.store']]],
  ['sources:\n  - { id: direct, kind: crypto-com-pay, store: main, webhookSecrets: [s] }', [[2, 'sources.0.id']]],
  [
    'sources:\n  - id: x\n    kind: paypal\n    store: main\n    webhookSecrets: []',
    [
      [3, 'sources.0.kind'],
      [5, 'sources.0.webhookSecrets'],
    ],
  ],
  [
    'chains:\n  - { id: bitcoin, kind: evm, rpc: ["ftp://x"], confirmations: 0 }',
    [
      [2, 'chains.0.id'],
      [2, 'chains.0.rpc.0'],
      [2, 'chains.0.confirmations'],
    ],
  ],
  ['trustProxy: true', [[1, 'trustProxy']]],
  [
    `retentionDays: 1
stores:
  - { id: a, currency: usd, release: [{ chain: 'eip155:5', confirmations: -1 }] }
  - { id: a }
sources:
  - { id: x, kind: crypto-com-pay, store: none, webhookSecrets: [] }
  - { id: y, kind: paypal, store: a, webhookSecrets: [s] }
chains:
  - { id: y, kind: evm, rpc: [], confirmations: 1, wallets: [{ address: short, store: gone }] }`,
    [
      [1, 'retentionDays'],
      [3, 'stores.0.currency'],
      [3, 'stores.0.release.0.confirmations'],
      [3, 'stores.0.release.0.chain'],
      [4, 'stores.1.id'],
      [6, 'sources.0.webhookSecrets'],
      [6, 'sources.0.store'],
      [7, 'sources.1.kind'],
      [7, 'sources.1.id'],
      [9, 'chains.0.wallets.0.address'],
      [9, 'chains.0.id'],
      [9, 'chains.0.rpc'],
      [9, 'chains.0.wallets.0.store'],
    ],
  ],
  ['stores: main\nsources:\n  - { id: x, kind: crypto-com-pay, store: main, webhookSecrets: [s] }', [[1, 'stores']]],
  [
    'trustProxy:\n  - 10.0.0.1\n  - proxy.example\n  - 10.0.0.0/99',
    [
      [3, 'trustProxy.1'],
      [4, 'trustProxy.2'],
    ],
  ],
  [
    'sources:\n  - { id: "eip155:1", kind: crypto-com-pay, store: main, webhookSecrets: [s] }\nchains:\n  - { id: "eip155:1", kind: evm, rpc: ["http://x"], confirmations: 1 }',
    [[2, 'sources.0.id']],
  ],
  [
    `a: &a [x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((each, n) => `${each}: &${each} [${`*${'abcdefg'.charAt(n)},`.repeat(9)}]\n`).join('')}stores: *h`,
    [[1, '']],
  ],
  ['stores: *nothing', [[1, '']]],
  ['stores: [', [[1, '']]],
  [
    '['.repeat(100),
    [
      [1, ''],
      [1, ''],
    ],
  ],
])('every fault of %j is named by line and field', (text, expected) => {
  const parsed = parseConfig(text, {});
  expect(parsed.ok ? [] : parsed.faults.map(({ line, field }) => [line, field])).toEqual(expected);
});

test.each([
  ['stores:\n  - name: X', 'stores.0.id', 'is missing'],
  ['stores: main', 'stores', 'has to be a list'],
  ['hello', '', 'has to be a group of fields with names'],
  ['stores:\n  - id: a b', 'stores.0.id', 'letters, digits'],
  ['stores:\n  - id: a\n    lateGraceMinutes: -1', 'stores.0.lateGraceMinutes', 'has to be at least 0'],
  ['stores:\n  - id: a\n    underpaidTolerance: 5', 'stores.0.underpaidTolerance', 'such as 0.5%'],
  [
    'sources:\n  - { id: x, kind: btcpay, store: main, webhookSecrets: [] }',
    'sources.0.webhookSecrets',
    'at least 1 entry',
  ],
  ['publicUrl: http://till.example', 'publicUrl', 'an https URL: desks take plain http from this machine alone'],
  ['publicUrl: till.example', 'publicUrl', 'has to be an https URL'],
  ['publicUrl: https://till.example?shop=1', 'publicUrl', 'none with a user, ? or #'],
  ['publicUrl: https://me:secret@till.example', 'publicUrl', 'none with a user, ? or #'],
  ['stores:\n  - id: 1041', 'stores.0.id', 'has to be text: put it in quotes'],
  ['stores: []\n---\nstores: []', '', 'a second document begins here'],
  [
    `chains:\n  - { id: 'eip155:1', kind: evm, confirmations: 1, rpc: ['https://a.example', 'https://A.example/'] }`,
    'chains.0.rpc.1',
    'is named twice',
  ],
  [
    `chains:\n  - { id: 'eip155:1', kind: evm, confirmations: 1, rpc: ['https://a'], tokens: [{ symbol: A, address: '0x1', decimals: 6 }] }`,
    'chains.0.tokens.0.address',
    'has to be 0x and 40 hex digits',
  ],
  ...['${NAME', '${NA-ME}', '$NAME', 'Bearer ${}'].map((secret): [string, string, string] => [
    `sources:\n  - { id: x, kind: crypto-com-pay, store: main, webhookSecrets: ['${secret}'] }`,
    'sources.0.webhookSecrets.0',
    'an environment variable is written ${NAME}',
  ]),
])('%j is told of %s in words', (text, field, words) => {
  const parsed = parseConfig(text, {});
  const told = parsed.ok ? [] : parsed.faults.filter((fault) => fault.field === field);
  expect(told).toEqual([expect.objectContaining({ message: expect.stringContaining(words) as string })]);
});

test.each(['http://127.0.0.1:8377', 'http://localhost:1', 'http://[::1]', 'https://till.example/a'])(
  'a pairing link may carry %s',
  (publicUrl) => expect(parseConfig(`publicUrl: ${publicUrl}`, {}).ok).toBe(true),
);

test('a missing environment variable is an error at its line; one in a comment or key is not', () => {
  const text =
    '# ${COMMENT}\nsources:\n  - id: x\n    kind: crypto-com-pay\n    store: main\n    webhookSecrets:\n      - "${SECRET}"\n';
  const parsed = parseConfig(text, {});
  expect(parsed).toEqual({
    ok: false,
    faults: [{ line: 7, field: 'sources.0.webhookSecrets.0', message: 'the environment variable SECRET is not set' }],
  });
  expect(parseConfig(text, { SECRET: 's' }).ok).toBe(true);
});

test('a file is named in every fault, also when it is not there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tillwatch-config-'));
  const file = join(folder, 'gateway.yaml');
  await expect(loadConfig(file, {})).rejects.toThrow(`${file}:1: there is no such file`);
  await writeFile(file, 'stores:\n  - id: a\n    currency: usd\n');
  const error: unknown = await loadConfig(file, {}).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toContain(`${file}:3: stores.0.currency: has to be a currency such as USD`);
  await rm(folder, { recursive: true });
});

test('[DG4] a release rule for a chain that nobody watches is a fault, named by line', () => {
  const parsed = parseConfig(
    [
      'stores:',
      '  - id: main',
      '    release:',
      '      - { confirmations: 3 }',
      '      - { chain: "eip155:137", confirmations: 3 }',
      'chains: []',
    ].join('\n'),
    {},
  );
  expect(parsed).toEqual({
    ok: false,
    faults: [{ line: 5, field: 'stores.0.release.1.chain', message: 'no chain "eip155:137" is configured' }],
  });
});
