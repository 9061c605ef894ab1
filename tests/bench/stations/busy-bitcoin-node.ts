import { startBitcoind } from '../../support/bitcoin-node/bitcoind-server.ts';
import { ScriptedChain } from '../../support/bitcoin-node/scripted-chain.ts';
import type { BusyNode } from './busy-evm-node.ts';

/** As many as a full block of Bitcoin has. */
const TRANSACTIONS = 2_500;
const STRANGER = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';

/** A bitcoind with the traffic of a busy chain, where each block pays a watched address. */
export async function startBusyBitcoinNode(addresses: readonly string[]): Promise<BusyNode> {
  const chain = new ScriptedChain();
  const node = await startBitcoind(chain, { txindex: true });
  let filled = 0;
  return {
    url: node.url,
    asked: () => {
      const poolCalls = node.asked.filter((each) => /^getraw/.test(each));
      return { calls: callsIn(node.asked), pool: callsIn(poolCalls), requests: node.asked.length };
    },
    fill() {
      filled += 1;
      for (let n = 0; n < TRANSACTIONS; n += 1) chain.pay(STRANGER, 1000n);
      chain.pay(addresses[filled % addresses.length] ?? STRANGER, 1000n);
    },
    mine: () => chain.mine(),
    close: () => void node.close(),
  };
}

/** A batch is noted as `method × count`. */
function callsIn(asked: readonly string[]): number {
  return asked.reduce((sum, each) => sum + Number(/ × (\d+)$/.exec(each)?.[1] ?? 1), 0);
}
