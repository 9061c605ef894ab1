import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compose } from '../../../../gateway/compose.ts';
import { parseConfig } from '../../../../gateway/config/parse-config.ts';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });

function faultsOf(source: string): string[] {
  const parsed = parseConfig(`sources:\n  - ${source}\n`, {});
  return parsed.ok ? [] : parsed.faults.map(({ field }) => field.replace('sources.0.', ''));
}

test.each([
  ['crypto-com-pay.md', 'crypto-com-pay', 15_000],
  ['btcpay.md', 'btcpay', 15_000],
  ['coinbase-business.md', 'coinbase-business', 15_000],
])('the configuration in %s is one', (page, kind, expectedIntervalMs) => {
  const text = readFileSync(new URL(`../../../../docs/gateway/sources/${page}`, import.meta.url), 'utf8');
  const yaml = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const names = [...yaml.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
  const secrets = Object.fromEntries(names.map((name) => [name, name.endsWith('KEY_SECRET') ? String(pem) : 'secret']));
  const parsed = parseConfig(yaml.replace(/^ {3}/gm, ''), secrets);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const { sources } = compose(parsed.config, { version: '1', dataDir: '/nowhere', clock: Date, log });
  expect(sources).toMatchObject([{ kind, store: 'main', expectedIntervalMs }]);
});

test.each([
  ['{ id: b, kind: btcpay, store: main, webhookSecrets: [s] }', ['apiKey', 'apiBase', 'storeId']],
  ['{ id: b, kind: btcpay, store: main, webhookSecrets: [s], apiKey: k, apiBase: "ftp://x", storeId: s }', ['apiBase']],
  ['{ id: c, kind: coinbase-business, store: main, webhookSecrets: [s] }', []],
  ['{ id: c, kind: coinbase-business, store: main, webhookSecrets: [s], apiKeyId: k }', ['apiKeySecret']],
  [
    '{ id: c, kind: coinbase-business, store: main, webhookSecrets: [s], apiKeyId: k, apiKeySecret: no }',
    ['apiKeySecret'],
  ],
  ['{ id: c, kind: coinbase-business, store: main, webhookSecrets: [""], apiKey: k }', ['webhookSecrets.0', 'apiKey']],
  ['{ id: c, kind: crypto-com-pay, store: main, webhookSecrets: [s], storeId: s }', ['storeId']],
  ['{ id: "", kind: paypal, store: main, webhookSecrets: [] }', ['id', 'webhookSecrets', 'kind']],
  ['just words', ['sources.0']],
])('the faults of %s are %j', (source, fields) => {
  expect(new Set(faultsOf(source))).toEqual(new Set(fields));
});

test('a key that is none is named, and never repeated', () => {
  const source =
    '{ id: c, kind: coinbase-business, store: main, webhookSecrets: [s], apiKeyId: k, apiKeySecret: hunter2 }';
  const parsed = parseConfig(`sources:\n  - ${source}\n`, {});
  expect(JSON.stringify(parsed)).not.toContain('hunter2');
});
