/** A pretend Bitcoin behind two nodes with Esplora's HTTP API, either of which can go wrong. */
import { createBitcoinWatcher } from '../../../../gateway/chains/bitcoin/watcher.ts';
import { startEsplora } from '../../bitcoin-node/esplora-server.ts';
import { REGTEST, ScriptedChain } from '../../bitcoin-node/scripted-chain.ts';
import type { ScriptedTransaction } from '../../bitcoin-node/scripted-chain.ts';
import type { TestNode } from '../../bitcoin-node/test-node.ts';
import { DEPTH } from './bench-chain.ts';
import type { BenchChain, NodeTrouble } from './bench-chain.ts';
import { EXPECTED_MS, followTimings } from './follow-timings.ts';
import { regtestAddress } from './regtest-address.ts';

/** More than nodes may differ by for a moment at the tip. */
const OWN_BLOCKS = DEPTH + 3;

/** @param scale 1 in real time */
export async function startBitcoinPair(scale: number): Promise<BenchChain> {
  const chain = new ScriptedChain();
  const nodes = [await startEsplora(chain), await startEsplora(chain)];
  const esplora = nodes.map(({ url }) => url);
  const sent = new Map<string, ScriptedTransaction>();
  return {
    config: { id: REGTEST, kind: 'bitcoin', esplora, confirmations: DEPTH },
    nodes: nodes.length,
    poolIsWhole: false,
    dateBy: (now) => void (chain.now = now),
    watcher: () => ({
      ...createBitcoinWatcher({ id: REGTEST, rpc: [], esplora, confirmations: DEPTH, timings: followTimings(scale) }),
      expectedIntervalMs: EXPECTED_MS,
    }),
    address: (random) => regtestAddress(random.hex(20)),
    pay: async (to, amount) => {
      const transaction = chain.pay(to, amount);
      sent.set(transaction.txid, transaction);
      return { hash: transaction.txid };
    },
    resend: async ({ hash }) => {
      const transaction = sent.get(hash);
      if (transaction) chain.send(transaction);
    },
    mine: async (blocks) => chain.mine(blocks),
    reorg: async (depth) => chain.reorg(depth),
    trouble: (index, trouble) => {
      const node = nodes[index];
      if (!node) throw new RangeError(`there is no node ${index}`);
      begin(node, chain, trouble);
      return () => {
        node.failing = null;
        node.chain = chain;
      };
    },
    close: async () => {
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}

function begin(node: TestNode, chain: ScriptedChain, trouble: NodeTrouble): void {
  if (trouble.how === 'down') {
    node.failing = 503;
    return;
  }
  node.chain = new ScriptedChain();
  node.chain.blocks = chain.blocks;
  for (const waiting of chain.pool.values()) node.chain.send(waiting);
  if (trouble.how === 'behind') return;
  node.chain.pay(trouble.to, trouble.amount);
  node.chain.mine(OWN_BLOCKS);
}
