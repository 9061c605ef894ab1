/** From gateway.yaml to the parts a gateway is made of. */
import type { Store } from '../contract/protocol.ts';
import type { GatewayOptions } from './app.ts';
import { createChain } from './chains/create-chain.ts';
import type { ChainConfig } from './config/chain-config.ts';
import type { GatewayConfig, StoreConfig } from './config/config-schema.ts';
import { createDiagnose } from './diagnosis/evaluate.ts';
import type { ReleaseRule } from './diagnosis/policy.ts';
import type { Clock } from './ledger.ts';
import type { Logger } from './logger.ts';
import type { Wallets } from './matching/wallets.ts';
import { nativeAsset } from './sources/chain-assets.ts';
import type { ChainAssets } from './sources/chain-assets.ts';
import { createSource } from './sources/create-source.ts';
import { directOrderReport } from './sources/direct/direct-order.ts';
import { webhookHabits } from './sources/webhook-habits.ts';

export interface Surroundings {
  readonly version: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
}

export function compose(config: GatewayConfig, surroundings: Surroundings): GatewayOptions {
  const chains = config.chains.map(chainAssets);
  const stores = new Map(config.stores.map((store) => [store.id, store]));
  return {
    ...surroundings,
    stores: declaredStores(config),
    sources: config.sources.map((source) => {
      const { lateGraceMinutes = 60 } = stores.get(source.store) ?? {};
      return createSource(source, { lateGraceMinutes, chains });
    }),
    chains: config.chains.map((chain) => {
      const native = nativeAsset(chains, chain.id);
      return createChain(chain, { native, countTo: deepestRule(config, chain.id) });
    }),
    wallets: walletsOf(config),
    diagnose: createDiagnose({
      release: new Map(config.stores.map(({ id, release }) => [id, release.map(releaseRule)])),
      watchedChains: new Set(config.chains.map(({ id }) => id)),
      conflictMs: new Map(config.stores.map((store) => [store.id, store.witnessConflictMinutes * 60_000])),
      webhooks: new Map(config.sources.map((source) => [source.id, webhookHabits(source)])),
    }),
    mapDirectOrder: (request) => {
      const store = stores.get(request.store);
      if (!store) throw new Error(`no store "${request.store}"`);
      const { lateGraceMinutes, underpaidTolerance } = store;
      const policy = { lateGraceMinutes, underpaidBasisPoints: underpaidTolerance };
      return directOrderReport({ ...request, chains, policy });
    },
    trustProxy: config.trustProxy,
    retentionDays: config.retentionDays,
    rates: config.rateLimits,
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
  };
}

/** Which store's money comes to which address of the merchant's own. */
function walletsOf({ chains, stores }: GatewayConfig): Wallets {
  const first = stores[0]?.id ?? 'main';
  return new Map(
    chains.map(({ id, wallets }) => [
      id,
      wallets.map((wallet) =>
        typeof wallet === 'string'
          ? { address: wallet, store: first }
          : { address: wallet.address, store: wallet.store ?? first },
      ),
    ]),
  );
}

export function declaredStores({ stores }: GatewayConfig): Store[] {
  return stores.map(({ id, name, currency, timeZone }) => ({ id, name: name ?? id, currency, timeZone }));
}

/** The most confirmations that a store's release rule asks for on a chain; a rule without a chain is for every chain. */
function deepestRule({ stores }: GatewayConfig, chain: string): number {
  const rules = stores.flatMap(({ release }) => release);
  return Math.max(0, ...rules.filter((rule) => (rule.chain ?? chain) === chain).map((rule) => rule.confirmations));
}

function chainAssets(chain: ChainConfig): ChainAssets {
  if (chain.kind === 'bitcoin') return { id: chain.id, tokens: [] };
  const { id, native, tokens } = chain;
  return { id, tokens, ...(native && { native }) };
}

function releaseRule({ chain, upTo, confirmations }: StoreConfig['release'][number]): ReleaseRule {
  return { confirmations, ...(chain !== undefined && { chain }), ...(upTo && { upTo }) };
}
