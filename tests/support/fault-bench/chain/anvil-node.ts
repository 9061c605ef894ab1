/** One real EVM node, for some of the runs where there is one. */
import type { Hash, Hex } from 'viem';
import { createEvmWatcher } from '../../../../gateway/chains/evm/watcher.ts';
import { startAnvil } from '../../anvil/start-anvil.ts';
import { TestChain } from '../../anvil/test-chain.ts';
import { DEPTH } from './bench-chain.ts';
import type { BenchChain } from './bench-chain.ts';
import { EXPECTED_MS, followTimings } from './follow-timings.ts';

const ID = 'eip155:31337';
/** Blocks before the first payment, so that there is something to go back to. */
const BEFORE = 8;

/** @param scale 1 in real time */
export async function startAnvilNode(scale: number): Promise<BenchChain> {
  const anvil = await startAnvil();
  const chain = new TestChain(anvil);
  await chain.mine(BEFORE);
  const raws = new Map<string, Hex>();
  return {
    config: { id: ID, kind: 'evm', rpc: [anvil.http], confirmations: DEPTH },
    nodes: 1,
    poolIsWhole: true,
    dateBy: () => undefined,
    watcher: () => ({
      ...createEvmWatcher({
        id: ID,
        rpc: [anvil.http],
        confirmations: DEPTH,
        tokens: [],
        timings: followTimings(scale),
      }),
      expectedIntervalMs: EXPECTED_MS,
    }),
    address: (random) => `0x${random.hex(20)}`,
    pay: async (to, amount) => {
      const hash = await chain.payCoins(to as Hash, amount);
      raws.set(hash, await chain.raw(hash));
      return { hash };
    },
    resend: async ({ hash }) => {
      const raw = raws.get(hash);
      if (raw) await chain.send(raw);
    },
    mine: (blocks) => chain.mine(blocks),
    reorg: (depth) => chain.reorg(depth),
    trouble: () => {
      anvil.pause();
      return () => anvil.resume();
    },
    close: () => anvil.stop(),
  };
}
