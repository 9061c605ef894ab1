/** What a scenario can do: sell, pay, wait. Everything goes through the shop's, the processor's and the chain's doors. */
import { assetName, isOnChain, tokenBySymbol } from './assets.ts';
import { transferCall } from './chain-block.ts';
import type { ChainTransaction } from './chain-block.ts';
import { MARKET_FEE } from './chain.ts';
import type { Chain } from './chain.ts';
import { confirmationsRequired, DEMO_CHAIN } from './gateway-config.ts';
import type { Outages } from './outages.ts';
import type { Processor } from './processor.ts';
import type { ProcessorPayment } from './processor-payment.ts';
import type { Random } from './random.ts';
import type { ShopOrder } from './shop.ts';
import type { Timers } from './timers.ts';
import { basket, pointed, quoteIn, share } from './wares.ts';
import type { Basket } from './wares.ts';

/** Something that waits for money. */
export interface Sale {
  readonly reference: string;
  readonly address: `0x${string}`;
  readonly symbol: string;
  /** Base units. */
  readonly due: bigint;
}

export interface PaymentSale extends Sale {
  readonly id: string;
}

export interface Stage {
  readonly random: Random;
  readonly blockMs: number;
  wait(ms: number): Promise<void>;
  say(reference: string, what: string): void;
  /** Epoch milliseconds. */
  now(): number;
  readonly chain: Chain;
  readonly processor: Processor;
  readonly outages: Outages;
  newWallet(): `0x${string}`;
  sellDirect(terms: DirectTerms): Promise<Sale>;
  openPayment(terms: PaymentTerms): PaymentSale;
  pay(sale: Sale, payment?: PaymentOnChain): ChainTransaction;
  /** Money at the processor, from the pretend chain or from one that nobody here watches. */
  fund(sale: PaymentSale, funding?: Funding): void;
  /** Resolves once a transaction has so many confirmations; false when that does not come. */
  confirmed(hash: string, confirmations: number): Promise<boolean>;
}

export interface DirectTerms {
  readonly symbol: string;
  /** 60 s to a day. */
  readonly expiresInSeconds: number;
  /** A second way to pay, to the same address. */
  readonly or?: string;
  /** CAIP-2 id; the pretend chain where it is left out. */
  readonly chain?: string;
}

export interface PaymentTerms {
  readonly symbol: string;
  readonly timeWindow?: number;
  /** Opened so many seconds ago. */
  readonly ago?: number;
  readonly live?: boolean;
  readonly price?: Basket['price'];
}

export interface PaymentOnChain {
  /** The sale's own address where it is left out. */
  readonly to?: `0x${string}`;
  readonly percent?: number;
  readonly symbol?: string;
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

export interface StageParts {
  readonly random: Random;
  readonly timers: Timers;
  readonly chain: Chain;
  readonly processor: Processor;
  readonly outages: Outages;
  readonly blockMs: number;
  readonly nextReference: () => string;
  readonly place: (order: ShopOrder, idempotencyKey: string) => Promise<void>;
  readonly say: (line: string) => void;
}

export function createStage(parts: StageParts): Stage {
  const { random, timers, chain, processor, outages, blockMs } = parts;
  const say = (reference: string, what: string) => parts.say(`#${reference} ${what}`);
  return {
    random,
    blockMs,
    chain,
    processor,
    outages,
    newWallet: () => wallet(random),
    say,
    now: () => timers.now(),
    wait: (ms) => timers.wait(ms),
    sellDirect: (terms) => sellDirect(parts, terms, say),
    openPayment: (terms) => openPayment(parts, terms, say),
    pay: (sale, payment = {}) => pay(parts, sale, payment),
    fund: (sale, funding = {}) => fund(parts, sale, funding),
    async confirmed(hash, confirmations) {
      const patience = 10 * (confirmations + confirmationsRequired);
      for (let look = 0; look < patience; look += 1) {
        const block = chain.find(hash)?.block;
        if (block && chain.head().number - block.number + 1 >= confirmations) return true;
        await timers.wait(blockMs / 4);
      }
      return false;
    },
  };
}

type Say = Stage['say'];

async function sellDirect({ random, nextReference, place }: StageParts, terms: DirectTerms, say: Say): Promise<Sale> {
  const { price, customer, product } = basket(random);
  const sale = {
    reference: nextReference(),
    address: wallet(random),
    symbol: terms.symbol,
    due: quoteIn(terms.symbol, price),
  };
  const symbols = [terms.symbol, ...(terms.or === undefined ? [] : [terms.or])];
  const pays = symbols.map((symbol) => ({
    chain: terms.chain ?? DEMO_CHAIN,
    asset: assetName(symbol),
    address: sale.address,
    amount: quoteIn(symbol, price).toString(),
  }));
  const { expiresInSeconds } = terms;
  const { reference } = sale;
  await place({ reference, price, pay: pays, expiresInSeconds, customer, metadata: { product } }, random.uuid());
  say(reference, `${price.amount} ${price.currency} · ${pointed(sale.due, sale.symbol)} ${sale.symbol} · shop`);
  return sale;
}

function openPayment(
  { random, processor, timers, nextReference }: StageParts,
  terms: PaymentTerms,
  say: Say,
): PaymentSale {
  const { product, customer, price: fiat } = basket(random);
  const price = terms.price ?? fiat;
  const address = wallet(random);
  const due = quoteIn(terms.symbol, price);
  const payment: ProcessorPayment = processor.create({
    orderId: nextReference(),
    currency: price.currency,
    amount: quoteIn(price.currency, price).toString(),
    cryptoCurrency: terms.symbol,
    cryptoAmount: pointed(due, terms.symbol),
    depositAddress: isOnChain(terms.symbol) ? address : depositElsewhere(random, terms.symbol),
    method: random.chance(0.5) ? 'Crypto.com App' : 'Other wallet',
    description: product,
    customerName: customer.name,
    customerEmail: customer.email,
    liveMode: terms.live ?? true,
    timeWindow: terms.timeWindow ?? 600,
    created: Math.floor(timers.now() / 1000) - (terms.ago ?? 0),
  });
  const reference = payment.orderId;
  say(reference, `${price.amount} ${price.currency} · ${payment.cryptoAmount} ${terms.symbol} · Crypto.com Pay`);
  return { reference, address, symbol: terms.symbol, due, id: payment.id };
}

/** A fresh wallet sends for each payment, so that no nonce waits for another. */
function pay({ random, chain, timers }: StageParts, sale: Sale, payment: PaymentOnChain): ChainTransaction {
  const symbol = payment.symbol ?? sale.symbol;
  const amount = share(sale.due, payment.percent ?? 100);
  const token = tokenBySymbol(symbol);
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
  const to = payment.to ?? sale.address;
  return token
    ? chain.send({ from, to: token.address, value: 0n, input: transferCall(to, amount), ...fate })
    : chain.send({ from, to, value: amount, ...fate });
}

function fund({ random, processor, timers }: StageParts, sale: PaymentSale, funding: Funding): void {
  processor.fund(sale.id, {
    txnId: funding.hash ?? `${sale.symbol === 'BTC' ? '' : '0x'}${random.hex(32)}`,
    from: wallet(random),
    amount: pointed(share(sale.due, funding.percent ?? 100), sale.symbol),
    currency: sale.symbol,
    mismatch: funding.mismatch ?? null,
    at: Math.floor(timers.now() / 1000) - (funding.ago ?? 0),
  });
}

/** An address on a chain that nobody here watches. */
function depositElsewhere(random: Random, symbol: string): string {
  return symbol === 'BTC' ? `bc1q${bech32Letters(random, 38)}` : wallet(random);
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

function bech32Letters(random: Random, length: number): string {
  return Array.from({ length }, () => BECH32.charAt(random.between(0, 31))).join('');
}

export function wallet(random: Random): `0x${string}` {
  return `0x${random.hex(20)}`;
}
