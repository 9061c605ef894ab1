/** A thread of its own with one busy node, so that the work of making blocks is not measured with that of reading them. */
import { parentPort, workerData } from 'node:worker_threads';
import { startBusyBitcoinNode } from './busy-bitcoin-node.ts';
import { startBusyEvmNode } from './busy-evm-node.ts';

const { addresses, chainId } = workerData as { addresses: readonly string[]; chainId: number | null };
const node = await (chainId === null ? startBusyBitcoinNode(addresses) : startBusyEvmNode(chainId, addresses));
parentPort?.postMessage(node.url);
parentPort?.on('message', (asked: 'fill' | 'mine' | 'asked' | 'close') => {
  const answer = node[asked]();
  parentPort?.postMessage(answer ?? asked);
  if (asked === 'close') parentPort?.close();
});
