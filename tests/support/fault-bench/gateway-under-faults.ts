/** A real gateway that can be stopped, killed, taken back, restored and have its clock set, on real files. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway } from '../../../gateway/app.ts';
import { newId, newPairingCode, newSecret, normalPairingCode, secretHash } from '../../../gateway/auth/secrets.ts';
import { compose } from '../../../gateway/compose.ts';
import { parseConfig } from '../../../gateway/config/parse-config.ts';
import { FLOW } from '../../../gateway/delivery/desk/flow-window.ts';
import type { Rate } from '../../../gateway/auth/rate-limit.ts';
import { RATES } from '../../../gateway/auth/rates.ts';
import type { Rates } from '../../../gateway/auth/rates.ts';
import type { Logger } from '../../../gateway/logger.ts';
import { writeBackup } from '../../../gateway/store/backup.ts';
import { insertPairingCode } from '../../../gateway/store/pairing-codes.ts';
import { restoreBackup } from '../../../gateway/store/restore.ts';
import { insertKey } from '../../../gateway/store/shop-keys.ts';
import type { PaymentsApi } from './payments-api.ts';
import type { BenchChain } from './chain/bench-chain.ts';
import { DEPTH } from './chain/bench-chain.ts';
import type { Event } from '../../../contract/events.ts';
import { SECRET, SOURCE, STORE } from './webhooks.ts';
import type { History } from './history.ts';

/** What is said of the chain stands as JSON, which is YAML. */
function configText(chain: BenchChain | null): string {
  const deep = chain ? `{ chain: "${chain.config.id}", confirmations: ${DEPTH} }, ` : '';
  return `
stores: [{ id: ${STORE}, name: Main street, currency: USD, timeZone: UTC, release: [${deep}{ confirmations: 1 }] }]
sources: [{ id: ${SOURCE}, kind: crypto-com-pay, store: ${STORE}, webhookSecrets: ["${SECRET}"] }]
chains: ${JSON.stringify(chain ? [chain.config] : [])}
`;
}

/** Log lines kept for whoever has to find out why a run failed. */
const KEPT_LINES = 200;

export interface GatewayOptions {
  /** A folder of its own, which exists. */
  readonly folder: string;
  /** 1 in real time; timers shrink with it. */
  readonly scale: number;
  readonly history: History;
  /** Told where the gateway listens now, null while it does not. */
  readonly moved: (port: number | null) => void;
  /** What customers pay on beside the processor. */
  readonly chain?: BenchChain | null;
  /** The processor's own interface, where the gateway has a key to it. */
  readonly payments?: PaymentsApi | null;
}

export class GatewayUnderFaults {
  readonly log: string[] = [];
  readonly #options: GatewayOptions;
  #gateway: Gateway | null = null;
  #dataDir: string;
  #url = '';
  #epoch = '';
  #life = 0;
  #ahead = 0;
  #leaving: Promise<void>[] = [];

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#dataDir = join(options.folder, 'gateway-0');
  }

  /** Gateway time, epoch milliseconds. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Somebody sets the gateway's clock. */
  setClock(byMs: number): void {
    this.#ahead += byMs;
  }

  /** Null while it is down. */
  get url(): string | null {
    return this.#gateway && this.#url !== '' ? this.#url : null;
  }

  get gateway(): Gateway | null {
    return this.#gateway;
  }

  /** Changes with every start: what was asked of an earlier life has no answer. */
  get life(): number {
    return this.#life;
  }

  /** @param unseen done to it before anybody can reach it */
  async open(
    how: 'opened' | 'taken-back' | 'restored' = 'opened',
    unseen: (gateway: Gateway) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { scale, history, moved } = this.#options;
    const gateway = await createGateway({
      ...composed({
        dataDir: this.#dataDir,
        now: () => this.now(),
        log: this.#logger(),
        chain: this.#options.chain ?? null,
        payments: this.#options.payments ?? null,
      }),
      rates: hurried(scale),
      flow: { ...FLOW, promptMs: FLOW.promptMs * scale, stalledMs: FLOW.stalledMs * scale },
      timings: {
        tickMs: Math.max(20, 500 * scale),
        foreignWritesMs: Math.max(20, 200 * scale),
        steadyLineMs: Math.max(20, 5_000 * scale),
        drainMs: 2_000 * scale,
        overlapMs: 30_000 * scale,
        pingIntervalMs: 10_000 * scale,
        pingTimeoutMs: 5_000 * scale,
      },
    });
    this.#gateway = gateway;
    // Until it listens, nobody may reach the one before it, which may still be closing.
    this.#url = '';
    history.add({ type: 'log', how, ...this.#readLog(gateway) });
    gateway.storage.log.onCommitted((_store, stored) => {
      if (this.#gateway !== gateway) return;
      const events = stored.map(({ event }) => event);
      // The first commits to a restored log may come before anybody else has noticed it: it is told of with them.
      if (events.some(({ epoch }) => epoch !== this.#epoch)) this.#tellRestored(gateway);
      else if (events.length > 0) history.add({ type: 'committed', events });
    });
    this.#life += 1;
    await unseen(gateway);
    this.#url = await gateway.listen({ port: 0, host: '127.0.0.1' });
    moved(Number(new URL(this.#url).port));
  }

  /** As SIGTERM would end it: desks are told. */
  async stop(): Promise<void> {
    const gateway = this.#gateway;
    await gateway?.close();
    this.#gateway = null;
    this.#options.moved(null);
  }

  /** As SIGKILL would end it: what is on the disk at this moment is all that is left. @returns the image's folder */
  kill(): void {
    const gateway = this.#gateway;
    if (!gateway) return;
    this.#gateway = null;
    this.#options.moved(null);
    this.#dataDir = this.#image(`gateway-${this.#life}`);
    this.#leaving.push(gateway.close());
  }

  /** A copy of the files as they are now, to go back to. */
  keepFiles(): string {
    return this.#image(`kept-${this.#life}`);
  }

  /** Kills it and puts older files in their place, as a careless operator may. The epoch stays. */
  goBackTo(files: string): void {
    this.kill();
    this.#dataDir = files;
  }

  backup(): Promise<{ bytes: number }> {
    return writeBackup(this.#dataDir, this.#backupFile);
  }

  /** Restores the backup beside the running gateway, or instead of one. Begins a new epoch. */
  async restore(): Promise<void> {
    const [restored] = (await restoreBackup(this.#dataDir, this.#backupFile)).stores;
    const gateway = this.#gateway;
    if (!gateway) return;
    while (this.#gateway === gateway && gateway.storage.log.head(STORE).epoch !== restored?.epoch) await soon();
    if (this.#epoch !== restored?.epoch) this.#tellRestored(gateway);
  }

  async pairingCode(): Promise<string> {
    const code = newPairingCode();
    const grant = { role: 'support', name: null, stores: [STORE], expiresAt: this.now() + 600_000 } as const;
    await this.#gateway?.storage.writer.write((tx) =>
      insertPairingCode(tx, secretHash(normalPairingCode(code)), grant),
    );
    return code;
  }

  /** A key with which a shop places orders. */
  async shopKey(): Promise<string> {
    const key = newSecret('twk');
    const shop = { id: newId('key'), name: 'shop', store: STORE, createdAt: this.now(), revokedAt: null };
    await this.#gateway?.storage.writer.write((tx) =>
      insertKey(tx, secretHash(key), { ...shop, scopes: ['orders:write'] }),
    );
    return key;
  }

  async close(): Promise<void> {
    await this.stop();
    await Promise.all(this.#leaving);
  }

  #tellRestored(gateway: Gateway): void {
    this.#options.history.add({ type: 'log', how: 'restored', ...this.#readLog(gateway) });
  }

  get #backupFile(): string {
    return join(this.#options.folder, 'backup.db');
  }

  #image(name: string): string {
    const to = join(this.#options.folder, name);
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    cpSync(this.#dataDir, to, { recursive: true, filter: (file) => !/serve\.lock|-shm$/.test(file) });
    return to;
  }

  /** In one go, so that nothing is committed between reading and telling. */
  #readLog({ storage }: Gateway): { epoch: string; events: Event[] } {
    const rows = storage.reader.raw.prepare('select json from events where store = ? order by seq').all(STORE);
    const { epoch } = storage.log.head(STORE);
    this.#epoch = epoch;
    return { epoch, events: rows.map(({ json }) => JSON.parse(String(json)) as Event) };
  }

  #logger(): Logger {
    const at = (level: string) => (fields: object, message: string) => {
      this.log.push(JSON.stringify({ level, message, ...fields }));
      if (this.log.length > KEPT_LINES) this.log.shift();
    };
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  }
}

interface Composing {
  readonly dataDir: string;
  readonly now: () => number;
  readonly log: Logger;
  readonly chain: BenchChain | null;
  readonly payments: PaymentsApi | null;
}

/** As the gateway composes itself, but with watchers and polls that hurry. */
function composed({ dataDir, now, log, chain, payments }: Composing) {
  const parsed = parseConfig(configText(chain), {});
  if (!parsed.ok) throw new Error(parsed.faults.map(({ field, message }) => `${field} ${message}`).join('; '));
  const options = compose(parsed.config, { version: 'bench', dataDir, clock: { now }, log });
  return { ...options, chains: chain ? [chain.watcher()] : [], ...(payments && { sources: [payments.source()] }) };
}

/** Desks that are so much faster knock so much more often. */
function hurried(scale: number): Rates {
  const faster = ({ burst, perSecond }: Rate): Rate => ({ burst, perSecond: perSecond / scale });
  return { address: faster(RATES.address), desk: faster(RATES.desk) };
}

function soon(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
