/** What the pretend shop sells, to whom, and at which rates. Everybody and everything here is made up. */
import { currencyDecimals, formatUnits, parseUnits } from '../../contract/money.ts';
import type { Random } from '../clock/random.ts';

export interface Basket {
  readonly product: string;
  readonly customer: { readonly name: string; readonly email: string };
  readonly price: { readonly currency: string; readonly amount: string };
}

const firstNames = ['Ana', 'Bea', 'Chen', 'Dara', 'Emil', 'Fatou', 'Goran', 'Hana', 'Inês', 'Jonas', 'Keiko', 'Luca'];
const lastNames = ['Alves', 'Berg', 'Costa', 'Dias', 'Eriksen', 'Fofana', 'García', 'Horvat', 'Ito', 'Jansen', 'Okoye'];
/** Names under which no mail is ever delivered. Source: RFC 2606. */
const mailHosts = ['example.com', 'example.org', 'example.net'];

/** Product and price in US cents. */
const products: readonly (readonly [string, number])[] = [
  ['Flat white and croissant', 790],
  ['House blend, 1 kg', 2_450],
  ['Ceramic dripper', 1_999],
  ['Two-day bike hire', 5_400],
  ['Desk lamp', 6_890],
  ['Wool blanket', 11_900],
  ['Field recorder', 24_500],
  ['Concert tickets, pair', 8_600],
  ['Paperback', 1_250],
  ['City map', 890],
  ['Road bike service', 14_900],
  ['Studio monitor, pair', 64_900],
];

/** Made-up rates: how many US cents one unit of a fiat currency is. */
const fiatCents: Readonly<Record<string, bigint>> = { USD: 100n, EUR: 109n, GBP: 127n, CHF: 113n, JPY: 1n, BRL: 18n };
/** Made-up rates: how many US cents one unit of a crypto asset is. */
const assetCents: Readonly<Record<string, bigint>> = {
  ETH: 249_900n,
  BTC: 6_150_000n,
  CRO: 12n,
  SOL: 14_500n,
  USDC: 100n,
  USDT: 100n,
};
const currencies = ['USD', 'USD', 'USD', 'USD', 'EUR', 'EUR', 'GBP', 'JPY', 'CHF', 'BRL'] as const;

export function basket(random: Random): Basket {
  const [product, cents] = random.pick(products);
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const currency = random.pick(currencies);
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^a-z.]/gi, '')
    .toLowerCase();
  return {
    product,
    customer: { name: `${first} ${last}`, email: `${plain}@${random.pick(mailHosts)}` },
    price: { currency, amount: inFiat(BigInt(cents), currency) },
  };
}

/** US cents → decimal string in another currency, rounded down to its unit. */
function inFiat(cents: bigint, currency: string): string {
  const decimals = currencyDecimals(currency) ?? 2;
  const units = (cents * 10n ** BigInt(decimals)) / (fiatCents[currency] ?? 100n);
  return amountText(units, decimals);
}

function amountText(units: bigint, decimals: number): string {
  const [whole = '0', fraction = ''] = formatUnits(units, decimals).split('.');
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
}

/**
 * A price in base units of an asset, at the made-up rates; rounded down to four significant digits after the first, so
 * that amounts look like quotes.
 */
export function quoteIn(symbol: string, price: Basket['price']): bigint {
  const decimals = currencyDecimals(symbol) ?? 18;
  const fiatDecimals = currencyDecimals(price.currency) ?? 2;
  const own = price.currency === symbol;
  const rate = own ? 1n : (fiatCents[price.currency] ?? assetCents[price.currency] ?? 100n);
  const units = parseUnits(price.amount, fiatDecimals) * rate * 10n ** BigInt(decimals);
  const exact = units / (10n ** BigInt(fiatDecimals) * (own ? 1n : (assetCents[symbol] ?? 100n)));
  return own ? exact : rounded(exact);
}

function rounded(units: bigint): bigint {
  const step = 10n ** BigInt(Math.max(0, units.toString().length - 5));
  return units < step ? units : (units / step) * step;
}

/** An amount in the major unit, always with a point, as Crypto.com Pay writes crypto amounts. */
export function pointed(units: bigint, symbol: string): string {
  const text = formatUnits(units, currencyDecimals(symbol) ?? 18);
  return text.includes('.') ? text : `${text}.0`;
}

/** A share of an amount. @param percent whole percent, may exceed 100 */
export function share(units: bigint, percent: number): bigint {
  return (units * BigInt(percent)) / 100n;
}
