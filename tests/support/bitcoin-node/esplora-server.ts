import type { ServerResponse } from 'node:http';
import type { ScriptedBlock, ScriptedChain, ScriptedTransaction } from './scripted-chain.ts';
import { scriptOf } from './scripted-chain.ts';
import { startTestNode } from './test-node.ts';
import type { TestNode } from './test-node.ts';

type Route = readonly [RegExp, (chain: ScriptedChain, ...parts: string[]) => unknown];

const routes: readonly Route[] = [
  [/^\/blocks\/tip\/hash$/, ({ top }) => top.hash],
  [/^\/block-height\/(\d+)$/, ({ blocks }, number) => blocks[Number(number)]?.hash],
  [/^\/block\/([0-9a-f]{64})$/, ({ blocks }, hash) => headerOf(blocks.find((block) => block.hash === hash))],
  [/^\/block\/([0-9a-f]{64})\/raw$/, ({ blocks }, hash) => rawOf(blocks.find((block) => block.hash === hash))],
  [/^\/tx\/([0-9a-f]{64})$/, (chain, txid = '') => transactionOf(chain, txid)],
  [/^\/tx\/([0-9a-f]{64})\/outspend\/(\d+)$/, (chain, txid, vout) => outspendOf(chain.spenderOf(`${txid}:${vout}`))],
  [/^\/address\/(\w+)\/txs\/mempool$/, (chain, address = '') => mempoolOf(chain, address)],
  [/^\/fee-estimates$/, ({ fees }) => ({ '1': fees.next, '6': fees.hour })],
];

/** A test node with Esplora's HTTP API. */
export function startEsplora(chain: ScriptedChain): Promise<TestNode> {
  return startTestNode(chain, (node, { url = '' }, _, response) => {
    node.asked.push(url);
    for (const [pattern, answer] of routes) {
      const found = pattern.exec(url);
      if (!found) continue;
      send(response, answer(node.chain, ...found.slice(1)));
      return;
    }
    send(response, undefined);
  });
}

function send(response: ServerResponse, answer: unknown): void {
  if (answer === undefined) response.writeHead(404).end('not found');
  else if (typeof answer === 'string') response.end(answer);
  else if (Buffer.isBuffer(answer)) response.end(answer);
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

function headerOf(block: ScriptedBlock | undefined) {
  if (!block) return undefined;
  const { hash, number, parentHash, time } = block;
  return { id: hash, height: number, timestamp: time, previousblockhash: number === 0 ? null : parentHash };
}

function rawOf(block: ScriptedBlock | undefined): Buffer | undefined {
  return block && Buffer.from(block.raw, 'hex');
}

function transactionOf(chain: ScriptedChain, txid: string) {
  const found = chain.find(txid);
  return found && transactionJson(found.transaction, found.block);
}

function mempoolOf(chain: ScriptedChain, address: string) {
  const script = scriptOf(address);
  const paying = [...chain.pool.values()].filter(({ outputs }) => outputs.some((output) => output.script === script));
  return paying.map((transaction) => transactionJson(transaction, null));
}

function outspendOf(spender: ScriptedTransaction | undefined) {
  return spender ? { spent: true, txid: spender.txid, vin: 0 } : { spent: false };
}

function transactionJson({ feeRate, inputs, outputs, raw, txid }: ScriptedTransaction, block: ScriptedBlock | null) {
  const vin = inputs.map((input) => ({
    txid: input.split(':')[0],
    vout: Number(input.split(':')[1]),
    is_coinbase: false,
  }));
  const status = block
    ? { confirmed: true, block_height: block.number, block_hash: block.hash, block_time: block.time }
    : { confirmed: false };
  const weight = raw.length * 2;
  return {
    ...{ txid, vin, status, weight, fee: (feeRate * weight) / 4 },
    vout: outputs.map(({ script, value }) => ({ scriptpubkey: script, value: Number(value) })),
  };
}
