import { Buffer } from 'node:buffer';
import type { ScriptedChain, ScriptedTransaction } from './scripted-chain.ts';
import { startTestNode } from './test-node.ts';
import type { TestNode } from './test-node.ts';

const USER = 'tillwatch:s3cret';

class RpcError extends Error {
  readonly code: number;

  constructor(code: number) {
    super('an error of the call');
    this.code = code;
  }
}

interface Call {
  readonly id: unknown;
  readonly method: string;
  readonly params: readonly unknown[];
}

interface BitcoindOptions {
  /** With an index of transactions. */
  readonly txindex?: boolean;
  /** Takes one question at a time, as nodes behind a service do. */
  readonly refusesBatchesBy?: 'status' | 'error';
}

/** A test node that answers as bitcoind does. */
export function startBitcoind(
  chain: ScriptedChain,
  { txindex = false, refusesBatchesBy }: BitcoindOptions = {},
): Promise<TestNode> {
  const answering: Parameters<typeof startTestNode>[1] = (node, request, body, response) => {
    if (request.headers.authorization !== `Basic ${Buffer.from(USER).toString('base64')}`) {
      response.writeHead(401).end();
      return;
    }
    const asked = JSON.parse(body) as Call | readonly Call[];
    const calls = [asked].flat();
    node.asked.push(calls.length === 1 ? (calls[0]?.method ?? '') : `${calls[0]?.method ?? ''} × ${calls.length}`);
    if (Array.isArray(asked) && refusesBatchesBy) {
      const error = { code: -32600, message: 'one question at a time' };
      response.writeHead(refusesBatchesBy === 'status' ? 403 : 200);
      response.end(JSON.stringify({ id: null, error, result: null }));
      return;
    }
    const answers = calls.map((call) => answered(node.chain, call, txindex));
    const failed = !Array.isArray(asked) && answers[0]?.error !== null;
    response.writeHead(failed ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(Array.isArray(asked) ? answers : answers[0]));
  };
  return startTestNode(chain, answering, USER);
}

function answered(chain: ScriptedChain, { id, method, params }: Call, txindex: boolean) {
  try {
    const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!answer) throw new RpcError(-32601);
    return { id, error: null, result: answer(chain, params, txindex) };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return { id, error: { code: error.code, message: error.message }, result: null };
  }
}

type Answer = (chain: ScriptedChain, params: readonly unknown[], txindex: boolean) => unknown;

const methods: Readonly<Record<string, Answer>> = {
  getbestblockhash: ({ top }) => top.hash,
  getblockhash: (chain, [number]) => chain.blocks[Number(number)]?.hash ?? fails(-8),
  getblockheader: (chain, [hash]) => headerOf(chain, String(hash)),
  getblock: ({ blocks }, [hash, verbosity]) =>
    verbosity === 0 ? (blocks.find((block) => block.hash === hash)?.raw ?? fails(-5)) : fails(-8),
  getrawmempool: ({ pool }) => [...pool.keys()],
  getrawtransaction: (chain, [txid, verbose, block], txindex) => rawOf(chain, { txid, verbose, block }, txindex),
  getmempoolentry: ({ pool }, [txid]) => entryOf(pool.get(String(txid))),
  getindexinfo: (_chain, _params, txindex) => (txindex ? { txindex: { synced: true, best_block_height: 1 } } : {}),
  gettxout: (chain, [txid, vout]) => unspentOf(chain, String(txid), Number(vout)),
  gettxspendingprevout: (chain, [outpoints]) =>
    (outpoints as readonly { txid: string; vout: number }[]).map(({ txid, vout }) => {
      const spender = chain.spenderOf(`${txid}:${vout}`);
      const pooled = spender && chain.pool.has(spender.txid) ? { spendingtxid: spender.txid } : {};
      return { txid, vout, ...pooled };
    }),
  estimatesmartfee: ({ fees }, [blocks]) => ({ feerate: (blocks === 2 ? fees.next : fees.hour) / 1e5, blocks }),
};

function fails(code: number): never {
  throw new RpcError(code);
}

function headerOf({ blocks }: ScriptedChain, hash: string) {
  const block = blocks.find((each) => each.hash === hash) ?? fails(-5);
  const { number, parentHash, time } = block;
  return { hash, height: number, time, ...(number > 0 && { previousblockhash: parentHash }) };
}

function rawOf(
  chain: ScriptedChain,
  { txid, verbose, block }: { txid: unknown; verbose: unknown; block: unknown },
  txindex: boolean,
) {
  const found = chain.find(String(txid));
  const isShown = found && (found.block === null || txindex || found.block.hash === block);
  if (!isShown) return fails(-5);
  const { raw } = found.transaction;
  return verbose === true ? { txid, hex: raw, ...(found.block && { blockhash: found.block.hash }) } : raw;
}

function entryOf(transaction: ScriptedTransaction | undefined) {
  const { feeRate, raw } = transaction ?? fails(-5);
  const vsize = raw.length / 2;
  const fee = (feeRate * vsize) / 1e8;
  const fees = { base: fee, modified: fee, ancestor: fee, descendant: fee };
  return { vsize, ancestorsize: vsize, descendantsize: vsize, fees };
}

function unspentOf(chain: ScriptedChain, txid: string, vout: number) {
  const found = chain.find(txid);
  if (!found?.block || !found.transaction.outputs[vout] || chain.spenderOf(`${txid}:${vout}`)) return null;
  return { bestblock: chain.top.hash, confirmations: chain.top.number - found.block.number + 1 };
}
