/** Follows Bitcoin, or one of its test networks, for the orders that are paid on it. */
import type { ChainContext, ChainWatcher } from '../chain-watcher.ts';
import { Follower } from '../follow/follower.ts';
import { followTimings } from '../follow/timings.ts';
import type { FollowTimings } from '../follow/timings.ts';
import { BitcoinKind } from './bitcoin-kind.ts';
import { BitcoindNode } from './bitcoind-node.ts';
import { EsploraNode } from './esplora-node.ts';
import { bitcoinChains, bitcoinNetwork } from './network.ts';

const POLL_SECONDS = 10;
const MINUTE_MS = 60_000;

export interface BitcoinWatcherOptions {
  /** CAIP-2 id: `bip122:` and the first 32 hex digits of the genesis block's hash. */
  readonly id: string;
  /** JSON-RPC addresses of bitcoinds, `http://user:password@host:8332`; they are followed before any index. */
  readonly rpc: readonly string[];
  /** Addresses of Esplora's HTTP API, such as `https://mempool.space/api`. */
  readonly esplora: readonly string[];
  /** At which a payment counts as settled; 0 is taken as 1. */
  readonly confirmations: number;
  /** Confirmations are told up to this where it is more than `confirmations`. */
  readonly countTo?: number | undefined;
  /** Between two looks at head and pool; 10 by default. */
  readonly pollSeconds?: number | undefined;
  readonly timings?: Partial<FollowTimings>;
  /** In [0, 1), for the jitter of back-offs. */
  readonly random?: () => number;
}

/** @throws RangeError when the id is none of Bitcoin's networks, or there is no endpoint */
export function createBitcoinWatcher(options: BitcoinWatcherOptions): ChainWatcher {
  const { id, confirmations, countTo = 0, esplora, rpc } = options;
  const network = bitcoinNetwork(id);
  if (!network) throw new RangeError(`"${id}" is none of Bitcoin's networks: ${bitcoinChains.join(', ')}`);
  const endpoints = [...rpc.map((url) => ({ url, isIndex: false })), ...esplora.map((url) => ({ url, isIndex: true }))];
  if (endpoints.length === 0) throw new RangeError(`chain ${id} has no endpoint in rpc or esplora`);
  const timings = followTimings(options.pollSeconds ?? POLL_SECONDS, {
    // Blocks come ten minutes apart on average, and an hour apart now and then.
    stallAfterMs: 120 * MINUTE_MS,
    recheckMs: 20_000,
    dropAfterMs: 20 * MINUTE_MS,
    ...options.timings,
  });
  const assets = { chain: id, depth: { settles: confirmations, countTo } };
  const isIndex = new Set(endpoints.filter((each) => each.isIndex).map(({ url }) => url));
  const connect = (url: string): BitcoindNode | EsploraNode =>
    isIndex.has(url) ? new EsploraNode(url, timings.timeoutMs) : new BitcoindNode(url, timings.timeoutMs);
  return {
    id,
    kind: 'bitcoin',
    expectedIntervalMs: timings.pollMs * 3,
    start: (context: ChainContext) =>
      new Follower(
        {
          kind: new BitcoinKind({ assets, network, now: () => performance.now() }),
          urls: endpoints.map(({ url }) => url),
          timings,
          random: options.random ?? Math.random,
          steady: { now: () => performance.now() },
          connect,
        },
        context,
      ),
  };
}
