/** Follows an EVM chain for the orders that are paid on it. */
import type { ChainContext, ChainWatcher } from '../chain-watcher.ts';
import { Follower } from '../follow/follower.ts';
import { followTimings } from '../follow/timings.ts';
import type { FollowTimings } from '../follow/timings.ts';
import type { Depth } from '../follow/tip.ts';
import { evmAssets } from './assets.ts';
import type { EvmToken } from './assets.ts';
import { EvmKind } from './evm-kind.ts';
import { httpRpc } from './http-rpc.ts';
import { RpcNode } from './rpc-node.ts';

import { WsRpc } from './ws-rpc.ts';

const POLL_SECONDS = 4;

export interface EvmWatcherOptions {
  /** CAIP-2 id: `eip155:` and the network's number. */
  readonly id: string;
  /** `http:`, `https:`, `ws:` or `wss:` addresses of nodes; the first that is well is followed, the others are held against it. */
  readonly rpc: readonly string[];
  /**
   * At which a payment counts as settled: a number, of which 0 is taken as 1, because money in the pool is not there yet;
   * or `safe` or `finalized`, the chain's own words.
   */
  readonly confirmations: Depth;
  /** Confirmations are told up to this where it is more than `confirmations`: the deepest a release rule asks for. */
  readonly countTo?: number | undefined;
  readonly tokens: readonly EvmToken[];
  /** The chain's own coin; where it is left out, the order's pay option names it. */
  readonly native?: { readonly symbol: string; readonly decimals: number } | undefined;
  /** Between two looks at the head; 4 by default. */
  readonly pollSeconds?: number | undefined;
  readonly timings?: Partial<FollowTimings>;
  /** In [0, 1), for the jitter of back-offs. */
  readonly random?: () => number;
}

/** @throws RangeError when the id is not that of an EVM chain, or there is no endpoint */
export function createEvmWatcher(options: EvmWatcherOptions): ChainWatcher {
  const chainId = Number(/^eip155:([1-9]\d{0,15})$/.exec(options.id)?.[1]);
  if (!Number.isSafeInteger(chainId)) throw new RangeError(`"${options.id}" is not an EVM chain such as eip155:1`);
  if (options.rpc.length === 0) throw new RangeError(`chain ${options.id} has no endpoint in rpc`);
  const timings = followTimings(options.pollSeconds ?? POLL_SECONDS, options.timings ?? {});
  return {
    id: options.id,
    kind: 'evm',
    // Heads come in their own rhythm; what has to be heard in time are the looks at them, now and then one late.
    expectedIntervalMs: timings.pollMs * 3,
    start: (context: ChainContext) =>
      new Follower(
        {
          kind: new EvmKind({ assets: evmAssets(options), chainId, now: () => performance.now() }),
          urls: options.rpc,
          timings,
          random: options.random ?? Math.random,
          steady: { now: () => performance.now() },
          connect: (url) => new RpcNode(rpcOf(url, timings.timeoutMs)),
        },
        context,
      ),
  };
}

function rpcOf(url: string, timeoutMs: number): WsRpc | ReturnType<typeof httpRpc> {
  return /^wss?:/i.test(url) ? new WsRpc(url, timeoutMs) : httpRpc(url, timeoutMs);
}
