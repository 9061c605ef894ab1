/** What a scenario can do: sell, pay, wait. Everything goes through the shop's, the processors' and the chains' doors. */
import type { ChainTransaction } from '../chains/evm/block.ts';
import type { Chain } from '../chains/evm/chain.ts';
import { wallet } from '../chains/evm/wallet.ts';
import { confirmationsRequired } from '../chains/networks.ts';
import { draftOf, fund, pay } from './payments.ts';
import type { Funding, PaymentOnChain } from './payments.ts';
import { openCheckout, openInvoice, openPayment, sellDirect } from './sales.ts';
import type { DirectSale, DirectTerms, PaymentSale, PaymentTerms, Sale } from './sales.ts';
import type { Say, Scenery, StageParts } from './stage-parts.ts';

export interface Stage extends Scenery {
  readonly blockMs: number;
  wait(ms: number): Promise<void>;
  readonly say: Say;
  /** Epoch milliseconds. */
  now(): number;
  newWallet(): `0x${string}`;
  sellDirect(terms: DirectTerms): Promise<DirectSale>;
  /** The shop says which transaction its customer named as the payment. */
  name(sale: DirectSale, txHash: string): Promise<void>;
  openPayment(terms: PaymentTerms): PaymentSale;
  /** At the BTCPay Server, to be paid in bitcoin; that one's own time where none is given. */
  openInvoice(lifeSeconds?: number): PaymentSale;
  /** At Coinbase, to be paid in USDC on a chain that nobody here watches. */
  openCheckout(): PaymentSale;
  pay(sale: Sale, payment?: PaymentOnChain): ChainTransaction;
  /** A payment that its sender keeps to itself until it is sent. */
  draft(sale: Sale): { readonly hash: string; readonly send: () => void };
  /** Money at the processor, from the pretend chain or from one that nobody here watches. */
  fund(sale: PaymentSale, funding?: Funding): void;
  /** Resolves once a transaction has so many confirmations; false when that does not come. */
  confirmed(hash: string, confirmations: number): Promise<boolean>;
  /** The same on the pretend Bitcoin. */
  confirmedInBitcoin(txid: string, confirmations: number): Promise<boolean>;
}

/** A block of the pretend Bitcoin takes so many of the other chains': the real one's ten minutes are nothing to watch. */
export const BITCOIN_PACE = 5;

export function createStage(parts: StageParts): Stage {
  const { random, timers, chain, side, bitcoin, processor, btcpay, coinbase, outages, blockMs } = parts;
  const say = (reference: string, what: string) => parts.say(`#${reference} ${what}`);
  const told = { ...parts, say };
  return {
    ...{ random, blockMs, chain, side, bitcoin, processor, btcpay, coinbase, outages, say },
    newWallet: () => wallet(random),
    now: () => timers.now(),
    wait: (ms) => timers.wait(ms),
    sellDirect: (terms) => sellDirect(told, terms),
    name: ({ orderId }, txHash) => parts.name(orderId, txHash),
    openPayment: (terms) => openPayment(told, terms),
    openInvoice: (lifeSeconds) => openInvoice(told, lifeSeconds),
    openCheckout: () => openCheckout(told),
    pay: (sale, payment = {}) => pay(parts, sale, payment),
    draft: (sale) => draftOf(parts, sale),
    fund: (sale, funding = {}) => fund(parts, sale, funding),
    confirmed: (hash, confirmations) => {
      const depth = (on: Chain) => depthOf(on.find(hash)?.block, on.head());
      return reached(parts, confirmations, blockMs, () => Math.max(depth(chain), depth(side.chain)));
    },
    confirmedInBitcoin: (txid, confirmations) =>
      reached(parts, confirmations, BITCOIN_PACE * blockMs, () => depthOf(bitcoin.find(txid)?.block, bitcoin.head())),
  };
}

interface Numbered {
  readonly number: number;
}

function depthOf(block: Numbered | null | undefined, head: Numbered): number {
  return block ? head.number - block.number + 1 : 0;
}

/** Looks four times a block, and not for ever. */
async function reached(
  { timers }: StageParts,
  confirmations: number,
  blockMs: number,
  depth: () => number,
): Promise<boolean> {
  const patience = 10 * (confirmations + confirmationsRequired);
  for (let look = 0; look < patience; look += 1) {
    if (depth() >= confirmations) return true;
    await timers.wait(blockMs / 4);
  }
  return false;
}
