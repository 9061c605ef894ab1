/**
 * What watching costs: open orders that may each be paid on three chains, full blocks, and a gateway's own store. Time is
 * played faster; processor time is that of the watcher's thread, and calls are counted per minute of the chain's time.
 */
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { bech32 } from '@scure/base';
import type { PayOption } from '../../contract/order.ts';
import { createBitcoinWatcher } from '../../gateway/chains/bitcoin/watcher.ts';
import type { ChainWatcher } from '../../gateway/chains/chain-watcher.ts';
import { createEvmWatcher } from '../../gateway/chains/evm/watcher.ts';
import { createBlockTrail } from '../../gateway/store/block-trail.ts';
import { openStorage } from '../../gateway/store/open-store.ts';
import type { Storage } from '../../gateway/store/open-store.ts';
import { declareStores } from '../../gateway/store/stores.ts';
import { orderPaidBy } from '../support/anvil/chain-orders.ts';
import { Hearing, contextFor } from '../support/anvil/watcher-desk.ts';
import { REGTEST } from '../support/bitcoin-node/scripted-chain.ts';
import type { Asked } from './stations/busy-evm-node.ts';

export interface Pace {
  readonly name: string;
  readonly chain: string;
  /** Null for Bitcoin. */
  readonly chainId: number | null;
  readonly blockSeconds: number;
  readonly pollSeconds: number;
  /** How many times faster than the chain's own time. */
  readonly speed: number;
  readonly blocks: number;
}

export const PACES: readonly Pace[] = [
  { name: 'Ethereum', chain: 'eip155:1', chainId: 1, blockSeconds: 12, pollSeconds: 4, speed: 10, blocks: 12 },
  { name: 'a rollup', chain: 'eip155:8453', chainId: 8453, blockSeconds: 2, pollSeconds: 4, speed: 5, blocks: 30 },
  { name: 'Bitcoin', chain: REGTEST, chainId: null, blockSeconds: 600, pollSeconds: 10, speed: 100, blocks: 3 },
];

function addressesOf(n: number): { evm: string; bitcoin: string } {
  const bytes = Buffer.from(n.toString(16).padStart(40, '0'), 'hex');
  return { evm: `0x${bytes.toString('hex')}`, bitcoin: bech32.encode('bcrt', [0, ...bech32.toWords(bytes)]) };
}

function payOptions(n: number): PayOption[] {
  const { bitcoin, evm } = addressesOf(n);
  return PACES.map(({ chain, chainId }) => ({
    ...{ chain, asset: 'native', symbol: 'X', decimals: 8, amount: '1000' },
    address: chainId === null ? bitcoin : evm,
  }));
}

async function place(storage: Storage, count: number): Promise<void> {
  const facts = Array.from({ length: count }, (_, n) => ({
    ...orderPaidBy({}),
    sourceRef: `r${n}`,
    pay: payOptions(n + 1),
  }));
  for (let from = 0; from < count; from += 500) {
    await storage.ledger.append(
      'main',
      facts.slice(from, from + 500).map((order, n) => {
        const id = `o${from + n}`;
        const common = { order: id, source: 'direct', occurred: null, sent: null };
        return { order: id, decide: () => [{ kind: 'order.created', ...common, data: { order } }] };
      }),
    );
  }
}

function watcherOf({ chain, chainId, pollSeconds, speed }: Pace, url: string): ChainWatcher {
  const common = { id: chain, confirmations: 12, pollSeconds: pollSeconds / speed };
  const timings = { recheckMs: 5_000 / speed };
  return chainId === null
    ? createBitcoinWatcher({ ...common, rpc: [url], esplora: [], timings })
    : createEvmWatcher({ ...common, rpc: [url], tokens: [], timings });
}

/** Processor time of this thread in milliseconds. */
function threadMs(): number {
  const { system, user } = process.threadCpuUsage();
  return (system + user) / 1000;
}

export interface WatcherCost {
  /** Processor time of the watcher's thread, milliseconds. */
  readonly msABlock: number;
  /** Questions to the node in a minute of the chain's time, and how many of them are about its pool. */
  readonly callsAMinute: number;
  readonly poolCallsAMinute: number;
}

/** @param orders how many the storage holds */
export async function watcherCost(storage: Storage, pace: Pace, orders: number): Promise<WatcherCost> {
  const file = new URL('./stations/busy-nodes.ts', import.meta.url);
  const mine = Array.from({ length: orders }, (_, n) => addressesOf(n + 1));
  const addresses = mine.map(({ bitcoin, evm }) => (pace.chainId === null ? bitcoin : evm));
  const worker = new Worker(file, { workerData: { addresses, chainId: pace.chainId } });
  const [url] = (await once(worker, 'message')) as [string];
  const tell = async (what: 'fill' | 'mine' | 'asked' | 'close'): Promise<unknown> => {
    worker.postMessage(what);
    return ((await once(worker, 'message')) as unknown[])[0];
  };
  const hearing = new Hearing();
  const trail = createBlockTrail(pace.chain, storage.reader, storage.writer);
  const watching = watcherOf(pace, url).start(contextFor(storage.ledger, trail, hearing));
  while (hearing.heard.length === 0) await wait(20);
  const before = (await tell('asked')) as Asked;
  const [cpu, at] = [threadMs(), performance.now()];
  for (let n = 0; n < pace.blocks; n += 1) {
    const due = performance.now() + (1000 * pace.blockSeconds) / pace.speed;
    await tell('fill');
    await wait(Math.max(0, due - performance.now()));
    await tell('mine');
  }
  await wait((2000 * pace.pollSeconds) / pace.speed);
  const msABlock = (threadMs() - cpu) / pace.blocks;
  const minutes = ((performance.now() - at) * pace.speed) / 60_000;
  const after = (await tell('asked')) as Asked;
  await watching.close();
  await tell('close');
  const rate = (key: keyof Asked): number => (after[key] - before[key]) / minutes;
  return { msABlock, callsAMinute: rate('calls'), poolCallsAMinute: rate('pool') };
}

/** A gateway's store with so many open orders, for as long as `use` runs. */
export async function withOrders<T>(folder: string, orders: number, use: (storage: Storage) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(path.join(folder, 'orders-'));
  const storage = await openStorage({ dataDir, clock: Date });
  try {
    const main = { id: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC' };
    await storage.writer.write((tx) => declareStores(tx, [main]));
    await storage.reload();
    await place(storage, orders);
    return await use(storage);
  } finally {
    await storage.close();
  }
}
