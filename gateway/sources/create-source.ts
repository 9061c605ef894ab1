/** A configured source, by its kind. */
import type { SourceConfig } from '../config/source-config.ts';
import { createBtcPay } from './btcpay/source.ts';
import type { ChainAssets } from './chain-assets.ts';
import { createCoinbaseBusiness } from './coinbase-business/source.ts';
import { createCryptoComPay } from './crypto-com-pay/source.ts';
import type { Source } from './source.ts';

export interface SourceSurroundings {
  /** Of the source's store, in minutes. */
  readonly lateGraceMinutes: number;
  readonly chains: readonly ChainAssets[];
}

/** @throws RangeError for what no configuration that was checked can hold */
export function createSource(config: SourceConfig, surroundings: SourceSurroundings): Source {
  const { id, store, webhookSecrets, networks, pollSeconds } = config;
  const polling = pollSeconds === undefined ? {} : { polling: { intervalMs: pollSeconds * 1000 } };
  const common = { ...surroundings, ...polling, ...(networks && { networks }), id, store, webhookSecrets };
  switch (config.kind) {
    case 'crypto-com-pay': {
      const { apiBase, apiKey, toleranceSeconds } = config;
      return createCryptoComPay({ ...common, apiBase, toleranceSeconds, ...(apiKey !== undefined && { apiKey }) });
    }
    case 'btcpay': {
      const { apiBase, apiKey, storeId } = config;
      return createBtcPay({ ...common, apiBase, apiKey, storeId });
    }
    case 'coinbase-business': {
      const { apiKeyId, apiKeySecret, apiBase, sandbox, toleranceSeconds } = config;
      const key = apiKeyId !== undefined && apiKeySecret !== undefined ? { id: apiKeyId, secret: apiKeySecret } : null;
      return createCoinbaseBusiness({
        ...common,
        sandbox,
        toleranceSeconds,
        ...(key && { apiKey: key }),
        ...(apiBase !== undefined && { apiBase }),
      });
    }
    default:
      return config satisfies never;
  }
}
