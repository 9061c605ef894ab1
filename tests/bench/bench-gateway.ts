/** The gateway as the bench runs it: one store, one processor, everything durable. */
import type { GatewayOptions } from '../../gateway/app.ts';
import { newPairingCode, normalPairingCode, secretHash } from '../../gateway/auth/secrets.ts';
import { compose } from '../../gateway/compose.ts';
import { parseConfig } from '../../gateway/config/parse-config.ts';
import type { Logger } from '../../gateway/logger.ts';
import type { Source } from '../../gateway/sources/source.ts';
import type { Storage } from '../../gateway/store/open-store.ts';
import { insertPairingCode } from '../../gateway/store/pairing-codes.ts';
import { SECRET, SOURCE, STORE, signedHeaders, webhook } from '../support/fault-bench/webhooks.ts';
import type { BenchPayment, Step } from '../support/fault-bench/webhooks.ts';

const CONFIG = `
stores: [{ id: ${STORE}, name: Main street, currency: USD, timeZone: UTC, release: [{ confirmations: 1 }] }]
sources: [{ id: ${SOURCE}, kind: crypto-com-pay, store: ${STORE}, webhookSecrets: ["${SECRET}"] }]
`;

/** Only what would spoil a measurement is told. */
const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => console.error(message, JSON.stringify(fields)),
};

export function benchGateway(dataDir: string): GatewayOptions {
  const parsed = parseConfig(CONFIG, {});
  if (!parsed.ok) throw new Error(parsed.faults.map(({ field, message }) => `${field} ${message}`).join('; '));
  return compose(parsed.config, { version: '0.0.0-bench', dataDir, clock: Date, log });
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
