/** The pretend Bitcoin's index, as Esplora answers. Source: Blockstream's Esplora HTTP API. */
import type { ServerResponse } from 'node:http';
import type { NodeFront } from '../node-front.ts';
import { BITCOIN_FEES, scriptOf } from './chain.ts';
import type { BitcoinBlock, BitcoinTransaction, PretendBitcoin } from './chain.ts';

type Route = readonly [RegExp, (bitcoin: PretendBitcoin, part: string, further: string) => unknown];

const routes: readonly Route[] = [
  [/^\/blocks\/tip\/hash$/, (bitcoin) => bitcoin.head().hash],
  [/^\/blocks\/tip\/height$/, (bitcoin) => String(bitcoin.head().number)],
  [/^\/block-height\/(\d+)$/, (bitcoin, number) => bitcoin.blockAt(Number(number))?.hash],
  [/^\/block\/([0-9a-f]{64})$/, (bitcoin, hash) => headerJson(bitcoin.block(hash))],
  [/^\/block\/([0-9a-f]{64})\/raw$/, (bitcoin, hash) => rawOf(bitcoin.block(hash))],
  [/^\/tx\/([0-9a-f]{64})$/, (bitcoin, txid) => foundJson(bitcoin.find(txid))],
  [/^\/tx\/([0-9a-f]{64})\/outspend\/(\d+)$/, (bitcoin, txid, vout) => outspendJson(bitcoin, `${txid}:${vout}`)],
  [/^\/address\/(bcrt1\w+)\/txs\/mempool$/, (bitcoin, address) => waitingFor(bitcoin, address)],
  [/^\/fee-estimates$/, () => ({ '1': BITCOIN_FEES.next, '6': BITCOIN_FEES.hour })],
];

export function bitcoinFront(bitcoin: PretendBitcoin): NodeFront {
  return {
    request({ method }, response, path) {
      const route = method === 'GET' ? routes.find(([pattern]) => pattern.test(path)) : undefined;
      const [, part = '', further = ''] = route?.[0].exec(path) ?? [];
      send(response, route?.[1](bitcoin, part, further));
    },
    close: () => undefined,
  };
}

function send(response: ServerResponse, answer: unknown): void {
  if (answer === undefined) response.writeHead(404).end('Not found');
  else if (typeof answer === 'string' || Buffer.isBuffer(answer)) response.end(answer);
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

function headerJson(block: BitcoinBlock | undefined) {
  if (!block) return undefined;
  const previousblockhash = block.number === 0 ? null : block.parentHash;
  return { id: block.hash, height: block.number, timestamp: block.time, previousblockhash };
}

function rawOf(block: BitcoinBlock | undefined): Buffer | undefined {
  return block && Buffer.from(block.raw, 'hex');
}

function foundJson(found: ReturnType<PretendBitcoin['find']>) {
  return found && transactionJson(found.transaction, found.block);
}

function outspendJson(bitcoin: PretendBitcoin, outpoint: string) {
  const spender = bitcoin.spenderOf(outpoint);
  return spender ? { spent: true, txid: spender.txid, vin: 0 } : { spent: false };
}

/** @returns undefined for what is no address of ours */
function waitingFor(bitcoin: PretendBitcoin, address: string): unknown {
  try {
    const script = scriptOf(address);
    const paying = bitcoin.pool().filter(({ outputs }) => outputs.some((output) => output.script === script));
    return paying.map((transaction) => transactionJson(transaction, null));
  } catch {
    return undefined;
  }
}

function transactionJson({ txid, raw, feeRate, inputs, outputs }: BitcoinTransaction, block: BitcoinBlock | null) {
  const weight = raw.length * 2;
  return {
    txid,
    weight,
    fee: Math.round((feeRate * weight) / 4),
    vin: inputs.map((input) => {
      const [spent = '', vout = '0'] = input.split(':');
      return { txid: spent, vout: Number(vout), is_coinbase: false };
    }),
    vout: outputs.map(({ script, value }) => ({ scriptpubkey: script, value: Number(value) })),
    status: block
      ? { confirmed: true, block_height: block.number, block_hash: block.hash, block_time: block.time }
      : { confirmed: false },
  };
}
