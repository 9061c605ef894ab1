import { randomBytes } from 'node:crypto';
import type { BitcoinWatcherOptions } from '../../../gateway/chains/bitcoin/watcher.ts';
import { createBitcoinWatcher } from '../../../gateway/chains/bitcoin/watcher.ts';
import { startBitcoind } from '../bitcoin-node/bitcoind-server.ts';
import { startEsplora } from '../bitcoin-node/esplora-server.ts';
import { REGTEST, ScriptedChain } from '../bitcoin-node/scripted-chain.ts';
import type { ScriptedTransaction } from '../bitcoin-node/scripted-chain.ts';
import type { TestNode } from '../bitcoin-node/test-node.ts';
import { SETTLED_DEPTH } from './common-scenarios.ts';
import { openDiagnosedOrder } from './diagnosed-order.ts';
import type { Payer, Sent } from './payer.ts';
import { NEVER_MS } from './scenario.ts';
import type { Stage } from './scenario.ts';

const SHOP = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
const OWN = '2N3oefVeg6stiTb5Kh3ozCSkaqmx91FDbsm';
/** 0.0002 BTC */
const DUE = 20_000n;
/** Satoshi per virtual byte. */
const [TOO_CHEAP, HIGHER] = [3.5, 30];

export class BitcoinPayer implements Payer {
  readonly chain = REGTEST;
  readonly pay: Payer['pay'] = [
    { chain: REGTEST, asset: 'native', symbol: 'BTC', decimals: 8, address: SHOP, amount: String(DUE) },
  ];
  readonly unknownHash = randomBytes(32).toString('hex');
  readonly #bitcoin: ScriptedChain;
  readonly #node: TestNode;
  readonly #sent = new Map<string, ScriptedTransaction>();

  constructor(bitcoin: ScriptedChain, node: TestNode) {
    this.#bitcoin = bitcoin;
    this.#node = node;
  }

  async send(amount = DUE): Promise<Sent> {
    return this.#kept(this.#bitcoin.pay(SHOP, amount));
  }

  async sendAway(): ReturnType<Payer['sendAway']> {
    const { hash } = this.#kept(this.#bitcoin.pay(OWN, DUE));
    const change = /^0\.00005 BTC to bcrt1q[a-z0-9]{38}$/;
    return { hash, moves: [change, `0.0002 BTC to ${OWN}`, 'one of these may be change that stays with the sender'] };
  }

  async height(): Promise<number> {
    return this.#bitcoin.top.number;
  }

  async sendTooCheap(): ReturnType<Payer['sendTooCheap']> {
    const sent = this.#kept(this.#bitcoin.pay(SHOP, DUE, { feeRate: TOO_CHEAP }));
    return { ...sent, bid: `${TOO_CHEAP} sat/vB`, asked: `${this.#bitcoin.fees.hour} sat/vB` };
  }

  /** Estimates change with blocks. */
  async lowerFees(): Promise<void> {
    this.#bitcoin.fees = { next: 3, hour: 2 };
    this.#bitcoin.mine();
  }

  async outbid(sent: Sent, to: 'the shop' | 'the sender'): Promise<Sent> {
    const { inputs } = this.#of(sent);
    return this.#kept(this.#bitcoin.pay(to === 'the shop' ? SHOP : OWN, DUE, { inputs, feeRate: HIGHER }));
  }

  async forget(sent: Sent): Promise<void> {
    this.#bitcoin.evict(this.#of(sent));
  }

  async resend(sent: Sent): Promise<void> {
    this.#bitcoin.send(this.#of(sent));
  }

  async mine(blocks = 1): Promise<void> {
    this.#bitcoin.mine(blocks);
  }

  async reorg(depth: number): Promise<void> {
    this.#bitcoin.reorg(depth);
  }

  close(): Promise<void> {
    return this.#node.close();
  }

  #kept(transaction: ScriptedTransaction): Sent {
    this.#sent.set(transaction.txid, transaction);
    return { hash: transaction.txid };
  }

  #of({ hash }: Sent): ScriptedTransaction {
    const transaction = this.#sent.get(hash);
    if (!transaction) throw new Error(`nobody sent ${hash}`);
    return transaction;
  }
}

/** How a node answers: as the index Esplora, or as Bitcoin Core's own, which knows few transactions without its index. */
export const nodeShapes = {
  Esplora: { start: startEsplora, asked: 'esplora', knowsAll: true },
  bitcoind: { start: startBitcoind, asked: 'rpc', knowsAll: false },
  'bitcoind with its index': {
    start: (chain: ScriptedChain) => startBitcoind(chain, { txindex: true }),
    asked: 'rpc',
    knowsAll: true,
  },
} as const;
export type NodeShape = keyof typeof nodeShapes;

export async function openBitcoinStage(shape: NodeShape, forgottenAfterMs = NEVER_MS): Promise<Stage<BitcoinPayer>> {
  const { start, asked } = nodeShapes[shape];
  const bitcoin = new ScriptedChain();
  const node = await start(bitcoin);
  const payer = new BitcoinPayer(bitcoin, node);
  const timings = { pollMs: 40, recheckMs: 60, retryMinMs: 40, dropAfterMs: forgottenAfterMs };
  const options: BitcoinWatcherOptions = { id: REGTEST, confirmations: SETTLED_DEPTH, rpc: [], esplora: [], timings };
  const endpoints = { [asked]: [node.url] };
  const order = await openDiagnosedOrder({
    pay: payer.pay,
    chains: [{ id: REGTEST, kind: 'bitcoin', confirmations: SETTLED_DEPTH, ...endpoints }],
    watchers: [createBitcoinWatcher({ ...options, ...endpoints })],
  });
  return { payer, order };
}
