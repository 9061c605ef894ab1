/** The gateway as the bench runs it: one store, one processor, everything durable. */
import type { GatewayOptions } from '../../gateway/app.ts';
import { newId, newPairingCode, newSecret, normalPairingCode, secretHash } from '../../gateway/auth/secrets.ts';
import { compose } from '../../gateway/compose.ts';
import { parseConfig } from '../../gateway/config/parse-config.ts';
import type { Logger } from '../../gateway/logger.ts';
import type { Source } from '../../gateway/sources/source.ts';
import type { Storage } from '../../gateway/store/open-store.ts';
import { insertPairingCode } from '../../gateway/store/pairing-codes.ts';
import { insertKey } from '../../gateway/store/shop-keys.ts';
import { SECRET, SOURCE, STORE, signedHeaders, webhook } from '../support/fault-bench/webhooks.ts';
import type { BenchPayment, Step } from '../support/fault-bench/webhooks.ts';

const OWN_SOURCE = `  - { id: ${SOURCE}, kind: crypto-com-pay, store: ${STORE}, webhookSecrets: ["${SECRET}"] }`;
const CONFIG = `
stores: [{ id: ${STORE}, name: Main street, currency: USD, timeZone: UTC, release: [{ confirmations: 1 }] }]
sources:
${OWN_SOURCE}
`;

/** A gateway.yaml of the same store with more sources and chains, and the secrets that it names. */
export interface MoreConfig {
  readonly yaml: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Only what would spoil a measurement is told. */
const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => console.error(message, JSON.stringify(fields)),
};

/** @param more beside whose sources the bench's own is put, the first of all; none for the bench's own alone */
export function benchGateway(dataDir: string, more: MoreConfig | null = null): GatewayOptions {
  const yaml = more === null ? CONFIG : more.yaml.replace(/^sources:$/m, `sources:\n${OWN_SOURCE}`);
  const parsed = parseConfig(yaml, more?.secrets ?? {});
  if (!parsed.ok) throw new Error(parsed.faults.map(({ field, message }) => `${field} ${message}`).join('; '));
  return compose(parsed.config, { version: '0.0.0-bench', dataDir, clock: Date, log });
}

/** A key with which a shop places orders. */
export async function shopKey(storage: Storage): Promise<string> {
  const key = newSecret('twk');
  const common = { id: newId('key'), name: 'Bench', store: STORE, createdAt: Date.now(), revokedAt: null };
  await storage.writer.write((tx) => insertKey(tx, secretHash(key), { ...common, scopes: ['orders:write'] }));
  return key;
}

export async function pairingCode(storage: Storage): Promise<string> {
  const code = newPairingCode();
  const grant = { role: 'support', name: null, stores: [STORE], expiresAt: Date.now() + 600_000 } as const;
  await storage.writer.write((tx) => insertPairingCode(tx, secretHash(normalPairingCode(code)), grant));
  return code;
}

/** Takes a webhook as the gateway would, from its bytes to the log, but for the line and the stored bytes. */
export async function take(storage: Storage, source: Source, payment: BenchPayment, step: Step): Promise<number> {
  const sent = webhook(payment, step);
  const now = Date.now();
  const { reports } = source.read({
    headers: signedHeaders(sent, now),
    body: Buffer.from(sent.body),
    receivedAt: now,
  });
  return (await storage.ledger.append(STORE, reports)).length;
}
