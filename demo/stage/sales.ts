/** What waits for money: orders of the shop's own, and payments, invoices and checkouts at the processors. */
import { assetName, isOnChain } from '../chains/assets.ts';
import { bitcoinAddress } from '../chains/bitcoin/chain.ts';
import { wallet } from '../chains/evm/wallet.ts';
import { DEMO_BITCOIN, DEMO_CHAIN } from '../chains/networks.ts';
import { basket, pointed, quoteIn } from '../shop/wares.ts';
import type { Basket } from '../shop/wares.ts';
import type { Say, StageParts } from './stage-parts.ts';

export interface Sale {
  readonly reference: string;
  readonly address: string;
  readonly symbol: string;
  /** Base units. */
  readonly due: bigint;
  /** CAIP-2 id of the chain on which it is paid; null for one that nobody here watches. */
  readonly chain: string | null;
}

export interface DirectSale extends Sale {
  /** At the gateway. */
  readonly orderId: string;
}

export interface PaymentSale extends Sale {
  readonly id: string;
}

export interface DirectTerms {
  readonly symbol: string;
  /** 60 s to a day. */
  readonly expiresInSeconds: number;
  /** A second way to pay, to the same address. */
  readonly or?: string;
  /** CAIP-2 id; the pretend chain where it is left out. */
  readonly chain?: string;
  readonly price?: Basket['price'];
}

export interface PaymentTerms {
  readonly symbol: string;
  readonly timeWindow?: number;
  /** Opened so many seconds ago. */
  readonly ago?: number;
  readonly live?: boolean;
  readonly price?: Basket['price'];
  /** No webhook tells of it, and the processor's interface does not know it either, for now. */
  readonly concealed?: boolean;
}

type Parts = Omit<StageParts, 'say'> & { readonly say: Say };

export async function sellDirect(parts: Parts, terms: DirectTerms): Promise<DirectSale> {
  const { random, nextReference, place, say } = parts;
  const { customer, product, ...usual } = basket(random);
  const { price = usual.price } = terms;
  const { chain = DEMO_CHAIN, symbol, expiresInSeconds } = terms;
  const address = chain === DEMO_BITCOIN ? bitcoinAddress(random) : wallet(random);
  const sale = { reference: nextReference(), address, symbol, due: quoteIn(symbol, price), chain };
  const symbols = [symbol, ...(terms.or === undefined ? [] : [terms.or])];
  const pays = symbols.map((each) => ({
    chain,
    asset: assetName(each, chain),
    address,
    amount: quoteIn(each, price).toString(),
  }));
  const { reference } = sale;
  const orderId = await place(
    { reference, price, pay: pays, expiresInSeconds, customer, metadata: { product } },
    random.uuid(),
  );
  say(reference, `${price.amount} ${price.currency} · ${pointed(sale.due, symbol)} ${symbol} · shop`);
  return { ...sale, orderId };
}

export function openPayment(parts: Parts, terms: PaymentTerms): PaymentSale {
  const { random, processor, timers, nextReference, say } = parts;
  const { product, customer, price: fiat } = basket(random);
  const { symbol, concealed = false } = terms;
  const price = terms.price ?? fiat;
  const address = wallet(random);
  const due = quoteIn(symbol, price);
  const request = {
    orderId: nextReference(),
    currency: price.currency,
    amount: quoteIn(price.currency, price).toString(),
    cryptoCurrency: symbol,
    cryptoAmount: pointed(due, symbol),
    depositAddress: address,
    method: random.chance(0.5) ? 'Crypto.com App' : 'Other wallet',
    description: product,
    customerName: customer.name,
    customerEmail: customer.email,
    liveMode: terms.live ?? true,
    timeWindow: terms.timeWindow ?? 600,
    created: Math.floor(timers.now() / 1000) - (terms.ago ?? 0),
  };
  const { id, orderId: reference, cryptoAmount } = processor.create(request, { silently: concealed });
  if (concealed) processor.conceal(id, true);
  say(reference, `${price.amount} ${price.currency} · ${cryptoAmount} ${symbol} · Crypto.com Pay`);
  return { reference, address, symbol, due, id, chain: isOnChain(symbol) ? DEMO_CHAIN : null };
}

export function openInvoice({ random, btcpay, nextReference, say }: Parts, lifeSeconds?: number): PaymentSale {
  const { price } = basket(random);
  const address = bitcoinAddress(random);
  const due = quoteIn('BTC', price);
  const reference = nextReference();
  const invoice = btcpay.create({
    orderId: reference,
    ...price,
    ...(lifeSeconds !== undefined && { lifeSeconds }),
    methods: [
      { id: 'BTC-CHAIN', destination: address, due, decimals: 8 },
      { id: 'BTC-LN', destination: `lnbcrt1${random.hex(60)}`, due: due * 1000n, decimals: 11 },
    ],
  });
  say(reference, `${price.amount} ${price.currency} · ${pointed(due, 'BTC')} BTC · BTCPay Server`);
  return { reference, address, symbol: 'BTC', due, id: invoice.id, chain: DEMO_BITCOIN };
}

const CHECKOUT_LIFE_MS = 600_000;

export function openCheckout({ random, coinbase, nextReference, say }: Parts): PaymentSale {
  const { price } = basket(random);
  const due = quoteIn('USDC', price);
  const reference = nextReference();
  const cents = due / 10_000n;
  const amount = `${cents / 100n}.${(cents % 100n).toString().padStart(2, '0')}`;
  const { id, address } = coinbase.create({ orderId: reference, amount, lifeMs: CHECKOUT_LIFE_MS });
  say(reference, `${amount} USDC · Coinbase Business`);
  return { reference, address, symbol: 'USDC', due, id, chain: null };
}
