/** The demo beside a gateway in this process, both in a time that passes faster: minutes of a show take seconds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FindingCode } from '../../../contract/diagnosis.ts';
import { isFindingCode } from '../../../contract/diagnosis.ts';
import { knownEvent } from '../../../contract/events.ts';
import type { Order } from '../../../contract/order.ts';
import { openDemo } from '../../../demo/demo.ts';
import type { Demo } from '../../../demo/demo.ts';
import type { ScenarioName } from '../../../demo/scenarios/names.ts';
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway } from '../../../gateway/app.ts';
import { createBitcoinWatcher } from '../../../gateway/chains/bitcoin/watcher.ts';
import type { ChainWatcher } from '../../../gateway/chains/chain-watcher.ts';
import { createEvmWatcher } from '../../../gateway/chains/evm/watcher.ts';
import { compose } from '../../../gateway/compose.ts';
import type { ChainConfig } from '../../../gateway/config/chain-config.ts';
import type { GatewayConfig } from '../../../gateway/config/config-schema.ts';
import { parseConfig } from '../../../gateway/config/parse-config.ts';
import type { SourceConfig } from '../../../gateway/config/source-config.ts';
import { createBtcPay } from '../../../gateway/sources/btcpay/source.ts';
import { createSource } from '../../../gateway/sources/create-source.ts';
import { createCryptoComPay } from '../../../gateway/sources/crypto-com-pay/source.ts';
import type { PollingOptions } from '../../../gateway/sources/reconcile/polling-options.ts';
import type { Source } from '../../../gateway/sources/source.ts';
import { newId, newSecret, secretHash } from '../../../gateway/auth/secrets.ts';
import { insertKey } from '../../../gateway/store/shop-keys.ts';
import { Hearing } from '../anvil/watcher-desk.ts';
import { FastClock } from './fast-clock.ts';

const SECRETS = { TILLWATCH_DEMO_WEBHOOK_SECRET: 'whsec_fast', TILLWATCH_DEMO_API_KEY: 'sk_fast' };
const MINUTE = 60_000;

export interface FastDemo {
  readonly demo: Demo;
  /** What went wrong, as the demo says it. */
  readonly lines: readonly string[];
  /** Milliseconds of the show so far. */
  elapsed(): number;
  /** Every code that was found so far, with the show's time of its first. */
  readonly seen: ReadonlyMap<FindingCode, number>;
  /** Every code that was found of an order so far, by its reference. */
  seenOf(reference: string): readonly FindingCode[];
  order(reference: string): Promise<Order | undefined>;
  close(): Promise<void>;
}

export interface FastDemoOptions {
  readonly speed: number;
  readonly rate: number;
  readonly scenario?: ScenarioName;
}

export async function openFastDemo({ speed, rate, scenario }: FastDemoOptions): Promise<FastDemo> {
  const clock = new FastClock(speed);
  const startedAt = clock.now();
  const lines: string[] = [];
  const demo = await openDemo({
    options: {
      ...{ store: 'main', source: 'crypto-com', rate, seed: 'fast', scenario: scenario ?? null, once: null },
      ...{ portProcessor: 0, portChain: 0, blockMs: 4_000, data: null },
    },
    webhookSecret: SECRETS.TILLWATCH_DEMO_WEBHOOK_SECRET,
    apiKey: SECRETS.TILLWATCH_DEMO_API_KEY,
    timeZone: 'UTC',
    timers: clock,
    fetch,
    say: (line) => void lines.push(line),
  });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tillwatch-fast-demo-'));
  const gateway = await fastGateway(demo.config, { dataDir, clock, speed });
  const url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  const findings = listenTo(gateway, () => clock.now() - startedAt);
  demo.introduce({ url, key: await shopKey(gateway, clock.now()) });
  return {
    ...{ demo, lines, ...findings },
    elapsed: () => clock.now() - startedAt,
    async close() {
      await demo.close();
      await gateway.close();
      clock.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function shopKey({ storage }: Gateway, createdAt: number): Promise<string> {
  const key = newSecret('twk');
  const kept = { id: newId('key'), name: 'Demo', store: 'main', scopes: ['orders:write'], createdAt, revokedAt: null };
  await storage.writer.write((tx) => insertKey(tx, secretHash(key), { ...kept, scopes: ['orders:write'] }));
  return key;
}

function listenTo(gateway: Gateway, elapsed: () => number): Pick<FastDemo, 'seen' | 'seenOf' | 'order'> {
  const { ledger } = gateway.storage;
  const seen = new Map<FindingCode, number>();
  const byOrder = new Map<string, Set<FindingCode>>();
  const ids = new Map<string, string>();
  ledger.onAppended((_store, events) => {
    for (const event of events) {
      const known = knownEvent(event);
      if (event.order === null || !known) continue;
      if (known.kind === 'order.created') ids.set(known.data.order.reference, event.order);
      if (known.kind === 'order.updated' && known.data.changes.reference !== undefined) {
        ids.set(known.data.changes.reference, event.order);
      }
      if (known.kind !== 'diagnosis.changed') continue;
      for (const { code } of known.data.findings) {
        if (!isFindingCode(code)) continue;
        if (!seen.has(code)) seen.set(code, elapsed());
        byOrder.set(event.order, (byOrder.get(event.order) ?? new Set()).add(code));
      }
    }
  });
  return {
    seen,
    seenOf: (reference) => [...(byOrder.get(ids.get(reference) ?? '') ?? [])].sort(),
    order: async (reference) => ledger.order('main', ids.get(reference) ?? ''),
  };
}

interface Surroundings {
  readonly dataDir: string;
  readonly clock: FastClock;
  readonly speed: number;
}

async function fastGateway(yaml: string, { dataDir, clock, speed }: Surroundings): Promise<Gateway> {
  const parsed = parseConfig(yaml, SECRETS);
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join('; '));
  const { config } = parsed;
  const composed = compose(config, { version: 'test', dataDir, clock, log: new Hearing().log });
  return createGateway({
    ...composed,
    sources: config.sources.map((each) => inClockTime(fastSource(each, config, speed), speed)),
    chains: config.chains.map((each) => inClockTime(fastWatcher(each, speed), speed)),
    timings: { tickMs: 500 / speed, steadyLineMs: 5_000 / speed },
  });
}

/** How often a line is expected to be heard is told in the gateway's time, which is the fast one. */
function inClockTime<T extends Source | ChainWatcher>(line: T, speed: number): T {
  const { expectedIntervalMs } = line;
  return expectedIntervalMs === null ? line : { ...line, expectedIntervalMs: expectedIntervalMs * speed };
}

function fastSource(source: SourceConfig, { chains }: GatewayConfig, speed: number): Source {
  const assets = chains.map((chain) => ({
    id: chain.id,
    tokens: chain.kind === 'evm' ? chain.tokens : [],
    ...(chain.kind === 'evm' && chain.native && { native: chain.native }),
  }));
  const polling: PollingOptions = {
    intervalMs: ((source.pollSeconds ?? 15) * 1000) / speed,
    ...{ spacingMs: 200 / speed, sweepMs: MINUTE / speed, longestBackoffMs: (5 * MINUTE) / speed },
  };
  const common = { lateGraceMinutes: 15, chains: assets, polling };
  switch (source.kind) {
    case 'crypto-com-pay':
      return createCryptoComPay({ ...source, ...common });
    case 'btcpay':
      return createBtcPay({ ...source, ...common });
    case 'coinbase-business':
      return createSource(source, common);
    default:
      return source satisfies never;
  }
}

function fastWatcher(chain: ChainConfig, speed: number): ChainWatcher {
  const { id, confirmations, dropAfterMinutes = 10, pollSeconds } = chain;
  const timings = {
    ...{ stallAfterMs: (2 * MINUTE) / speed, recheckMs: 5_000 / speed, retryMaxMs: MINUTE / speed },
    ...{ dropAfterMs: (dropAfterMinutes * MINUTE) / speed, retryMinMs: 1_000 / speed },
  };
  if (chain.kind === 'bitcoin') {
    const { esplora, rpc } = chain;
    const pace = { pollSeconds: (pollSeconds ?? 10) / speed, timings };
    return createBitcoinWatcher({ id, rpc, esplora, confirmations: chain.confirmations, ...pace });
  }
  const { native, rpc, tokens } = chain;
  const pace = { pollSeconds: (pollSeconds ?? 4) / speed, timings };
  return createEvmWatcher({ id, rpc, confirmations, countTo: 3, tokens, ...(native && { native }), ...pace });
}
