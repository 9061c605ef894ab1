/** How money moves: on the pretend chain and the second one, and into the pretend Crypto.com Pay. */
import { tokenBySymbol } from '../chains/assets.ts';
import { transferCall } from '../chains/evm/block.ts';
import type { ChainTransaction } from '../chains/evm/block.ts';
import { MARKET_FEE } from '../chains/evm/chain.ts';
import type { Chain, Spend } from '../chains/evm/chain.ts';
import { wallet } from '../chains/evm/wallet.ts';
import { DEMO_CHAIN, SIDE_CHAIN } from '../chains/networks.ts';
import { pointed, share } from '../shop/wares.ts';
import type { PaymentSale, Sale } from './sales.ts';
import type { StageParts } from './stage-parts.ts';

export interface PaymentOnChain {
  /** The sale's own address where it is left out. */
  readonly to?: `0x${string}`;
  readonly percent?: number;
  readonly symbol?: string;
  /** CAIP-2 id of an EVM chain; the sale's own where it is left out. */
  readonly chain?: string;
  readonly fails?: boolean;
  readonly held?: boolean;
  /** Held back in the pool, because those before it are missing. */
  readonly nonce?: number;
}

export interface Funding {
  readonly percent?: number;
  readonly mismatch?: 'Underpaid' | 'Overpaid' | 'Late';
  readonly hash?: string;
  /** Seen so many seconds ago. */
  readonly ago?: number;
}

export function pay(parts: StageParts, sale: Sale, payment: PaymentOnChain): ChainTransaction {
  const { chain, spend } = spendOf(parts, sale, payment);
  return chain.send(spend);
}

export function draftOf(parts: StageParts, sale: Sale): { readonly hash: string; readonly send: () => void } {
  const { chain, spend } = spendOf(parts, sale, {});
  return { hash: chain.draft(spend).hash, send: () => void chain.send(spend) };
}

/** A fresh wallet sends for each payment, so that no nonce waits for another. */
function spendOf(
  { random, chain, side, timers }: StageParts,
  sale: Sale,
  payment: PaymentOnChain,
): { chain: Chain; spend: Spend } {
  const place = payment.chain ?? sale.chain ?? DEMO_CHAIN;
  const amount = share(sale.due, payment.percent ?? 100);
  const token = tokenBySymbol(payment.symbol ?? sale.symbol, place);
  const fate = {
    fails: payment.fails ?? false,
    ...(payment.held && { heldSince: timers.now() }),
    ...(payment.nonce !== undefined && {
      nonce: payment.nonce,
      heldSince: timers.now(),
      maxFeePerGas: MARKET_FEE,
    }),
  };
  const from = wallet(random);
  const to = payment.to ?? (sale.address as `0x${string}`);
  const what = token ? { to: token.address, value: 0n, input: transferCall(to, amount) } : { to, value: amount };
  return { chain: place === SIDE_CHAIN ? side.chain : chain, spend: { from, ...what, ...fate } };
}

export function fund({ random, processor, timers }: StageParts, sale: PaymentSale, funding: Funding): void {
  processor.fund(sale.id, {
    txnId: funding.hash ?? `0x${random.hex(32)}`,
    from: wallet(random),
    amount: pointed(share(sale.due, funding.percent ?? 100), sale.symbol),
    currency: sale.symbol,
    mismatch: funding.mismatch ?? null,
    at: Math.floor(timers.now() / 1000) - (funding.ago ?? 0),
  });
}
