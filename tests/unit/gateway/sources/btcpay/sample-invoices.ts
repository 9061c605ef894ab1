import { createHmac } from 'node:crypto';
import { invoiceReports } from '../../../../../gateway/sources/btcpay/invoice-reports.ts';
import type { BtcPayOptions } from '../../../../../gateway/sources/btcpay/options.ts';
import { invoiceSchema, methodsSchema } from '../../../../../gateway/sources/btcpay/schema.ts';
import { parseLossless } from '../../../../../gateway/sources/lossless-json.ts';
import type { RawDelivery } from '../../../../../gateway/sources/source.ts';
import type { Report } from '../../../../../gateway/ledger.ts';

export const SECRET = 'whsec_btcpay';
/** 2026-03-01T10:00:00Z in seconds. */
export const T0 = 1_772_359_200;
export const INVOICE = 'XEDvpempoTYJHJTKGDff1Q';
export const TXID = '081a054ec7b76b58cbe77dff1792fec57036547df73b7da193cffd203c4165ab';
export const BITCOIN = 'bip122:000000000019d6689c085ae165831e93';
const ADDRESS = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';

export const options: BtcPayOptions = {
  id: 'btcpay',
  store: 'main',
  webhookSecrets: [SECRET],
  apiKey: 'key',
  apiBase: 'https://btcpay.example',
  storeId: 'shop',
  lateGraceMinutes: 60,
  chains: [{ id: BITCOIN, tokens: [] }],
};

type Fields = Readonly<Record<string, unknown>>;

export function invoice(fields: Fields = {}): Fields {
  return {
    id: INVOICE,
    storeId: 'shop',
    amount: '19.90',
    currency: 'EUR',
    status: 'New',
    additionalStatus: 'None',
    createdTime: T0,
    expirationTime: T0 + 900,
    monitoringExpiration: T0 + 900 + 86_400,
    metadata: { orderId: 'A-1041' },
    ...fields,
  };
}

export function payment(fields: Fields = {}): Fields {
  const seen = { receivedDate: T0 + 120, value: '0.00010601', fee: '0', status: 'Processing', destination: ADDRESS };
  return { id: `${TXID}-0`, ...seen, ...fields };
}

export function methods(payments: readonly Fields[] = [], fields: Fields = {}): Fields[] {
  const chain = { paymentMethodId: 'BTC-CHAIN', currency: 'BTC', destination: ADDRESS, activated: true };
  return [{ ...chain, amount: '0.00010601', payments, ...fields }];
}

function lossless(value: unknown): unknown {
  return parseLossless(Buffer.from(JSON.stringify(value)));
}

/** What a fetched invoice says. @param askedAt the gateway's time when it was asked for */
export function fetched(
  fields: Fields,
  list: readonly Fields[] = methods(),
  given: { options?: BtcPayOptions; askedAt?: number } = {},
): Report[] {
  const { options: configured = options, askedAt = Infinity } = given;
  const parsed = invoiceSchema.parse(lossless(invoice(fields)));
  return invoiceReports(configured, parsed, methodsSchema.parse(lossless(list)), askedAt);
}

export function webhook(type: string, fields: Fields = {}): Fields {
  return {
    deliveryId: `delivery-${type}`,
    webhookId: 'hook',
    originalDeliveryId: `delivery-${type}`,
    isRedelivery: false,
    type,
    timestamp: T0 + 150,
    storeId: 'shop',
    invoiceId: INVOICE,
    metadata: { orderId: 'A-1041' },
    ...fields,
  };
}

export function signature(body: string | Uint8Array, secret = SECRET): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** A delivery as it comes. */
export function delivery(event: Fields | string): RawDelivery {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const headers = { 'btcpay-sig': `sha256=${signature(body)}` };
  return { headers, body: Buffer.from(body), receivedAt: (T0 + 150) * 1000 };
}
