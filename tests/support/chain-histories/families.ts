import type { Order, PayOption } from '../../../contract/order.ts';
import type { ChainContext } from '../../../gateway/chains/chain-watcher.ts';
import { BitcoinKind } from '../../../gateway/chains/bitcoin/bitcoin-kind.ts';
import { bitcoinNetwork } from '../../../gateway/chains/bitcoin/network.ts';
import type { BitcoinBlock, BitcoinNode, BitcoinTransaction } from '../../../gateway/chains/bitcoin/node.ts';
import { evmAssets } from '../../../gateway/chains/evm/assets.ts';
import { EvmKind } from '../../../gateway/chains/evm/evm-kind.ts';
import type { EvmBlock, EvmNode, EvmTransaction } from '../../../gateway/chains/evm/node.ts';
import { RpcNode } from '../../../gateway/chains/evm/rpc-node.ts';
import { Follower } from '../../../gateway/chains/follow/follower.ts';
import { followTimings } from '../../../gateway/chains/follow/timings.ts';
import type { Closeable } from '../../../gateway/ledger.ts';
import { PAYEE, TOKEN, hashOf } from '../anvil/pretend-node.ts';
import { CHAIN } from '../anvil/watcher-desk.ts';
import { REGTEST } from '../bitcoin-node/scripted-chain.ts';
import { BitcoinWindow, SHOP, blockHashOf, txidOf } from './bitcoin-window.ts';
import { EvmWindow } from './evm-window.ts';
import { OddRpc } from './odd-rpc.ts';
import type { Payload, World, WorldTransaction } from './world.ts';

export const REQUIRED = 3;

export interface Follows extends Closeable {
  recheck(order: Order): Promise<void>;
}

/** A kind of chain: how it writes what the world holds, and who follows it. */
export interface Family {
  readonly name: string;
  readonly option: Partial<PayOption>;
  readonly payloads: readonly Payload[];
  /** What a transaction pays to the watched address in a block, and what it promises in the pool. */
  pays(transaction: WorldTransaction): { readonly mined: readonly bigint[]; readonly pooled: readonly bigint[] };
  /** False for what a pool shows of it only to those who saw it in a block before. */
  isPlain(payload: Payload): boolean;
  hash(id: number): string;
  blockHash(id: number): string;
  /** @param now steady milliseconds */
  follow(world: World, context: ChainContext, now: () => number): Follows;
}

function shared(world: World, now: () => number) {
  const timings = followTimings(1, { recheckMs: 500, dropAfterMs: 60_000, retryMinMs: 4, retryMaxMs: 8 });
  return { urls: world.nodes.map((_, index) => String(index)), timings, random: () => 0, steady: { now } };
}

const evm = {
  name: 'an EVM chain',
  option: { address: PAYEE },
  payloads: ['coins', 'token', 'twice', 'nothing', 'fails'],
  pays({ amount, payload }) {
    const pooled = payload === 'nothing' ? [] : payload === 'twice' ? [amount, amount + 1n] : [amount];
    return { mined: payload === 'fails' ? [] : pooled, pooled };
  },
  isPlain: (payload) => payload !== 'twice',
  hash: (id) => hashOf('tx', id),
  blockHash: (id) => hashOf('block', id),
} as const satisfies Omit<Family, 'follow'>;

function followEvm(
  world: World,
  context: ChainContext,
  now: () => number,
  connect: (window: EvmWindow) => EvmNode,
): Follows {
  const tokens = [{ symbol: 'USDC', address: TOKEN, decimals: 6 }];
  const kind = new EvmKind({ assets: evmAssets({ id: CHAIN, tokens, confirmations: REQUIRED }), chainId: 31337, now });
  const options = { ...shared(world, now), kind, connect: (url: string) => connect(new EvmWindow(world, Number(url))) };
  return new Follower<EvmNode, EvmBlock, EvmTransaction>(options, context);
}

export const evmFamily: Family = {
  ...evm,
  follow: (world, context, now) => followEvm(world, context, now, (window) => window),
};

/** The same by JSON-RPC, whose answers may be odd. */
export const oddEvmFamily: Family = {
  ...evm,
  name: 'an EVM chain by JSON-RPC',
  follow: (world, context, now) =>
    followEvm(world, context, now, (window) => new RpcNode(new OddRpc(window, () => world.odd.shift() ?? null))),
};

export const bitcoinFamily: Family = {
  name: 'Bitcoin',
  option: { chain: REGTEST, symbol: 'BTC', decimals: 8, address: SHOP },
  payloads: ['coins', 'twice', 'nothing'],
  pays({ amount, payload }) {
    const paid = payload === 'coins' ? [amount] : payload === 'twice' ? [amount, amount + 1n] : [];
    return { mined: paid, pooled: paid };
  },
  isPlain: () => true,
  hash: txidOf,
  blockHash: blockHashOf,
  follow(world, context, now) {
    const network = bitcoinNetwork(REGTEST);
    if (!network) throw new Error('regtest is not known');
    const assets = { chain: REGTEST, depth: { settles: REQUIRED, countTo: 0 } };
    const kind = new BitcoinKind({ assets, network, now });
    const connect = (url: string): BitcoinNode => new BitcoinWindow(world, Number(url));
    return new Follower<BitcoinNode, BitcoinBlock, BitcoinTransaction>(
      { ...shared(world, now), kind, connect },
      context,
    );
  },
};
