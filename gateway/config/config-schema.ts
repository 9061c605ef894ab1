/** What gateway.yaml may say, and its defaults. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { DECIMAL_PATTERN, parseUnits } from '../../contract/money.ts';
import { nameSchema } from '../../contract/order.ts';
import { RATES } from '../auth/rates.ts';
import { RETENTION_DAYS } from '../retention/retention-days.ts';
import { chainConfigSchema } from './chain-config.ts';
import { DESK_URL, isReachedByDesks } from './desk-url.ts';
import { sourceConfigSchema } from './source-config.ts';

const currency = z.string().regex(/^[A-Z0-9]{2,16}$/, 'has to be a currency such as USD');

const PERCENTAGE = 'has to be a percentage below 100 with at most two decimals, such as 0.5%';
/** `0.5%` → hundredths of a percent. */
const tolerance = z
  .string(PERCENTAGE)
  .regex(/^\d{1,2}(?:\.\d{1,2})?%$/, PERCENTAGE)
  .transform((text) => Number(parseUnits(text.slice(0, -1), 2)));

const PRICE = 'has to be an amount and a currency, such as "100 USD"';
/** `100 USD` → price. */
const upTo = z
  .string(PRICE)
  .refine((text) => {
    const [amount = '', unit = '', ...rest] = text.split(' ');
    return rest.length === 0 && DECIMAL_PATTERN.test(amount) && /^[A-Z0-9]{2,16}$/.test(unit);
  }, PRICE)
  .transform((text) => {
    const [amount = '', unit = ''] = text.split(' ');
    return { currency: unit, amount };
  });

const timeZone = z.string().refine(isTimeZone, 'has to be an IANA time zone such as Europe/Lisbon');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const storeConfigSchema = z.strictObject({
  id: nameSchema,
  name: z.string().min(1).max(256).optional(),
  currency: currency.default('USD'),
  timeZone: timeZone.default('UTC'),
  lateGraceMinutes: z.int().min(0).max(525_600).default(60),
  underpaidTolerance: tolerance.default(0),
  /** For how long processor and chain may disagree about an order until it is held. */
  witnessConflictMinutes: z.int().min(1).max(10_080).default(10),
  release: z
    .array(
      z.strictObject({
        chain: nameSchema.optional(),
        upTo: upTo.optional(),
        confirmations: z.int().min(0).max(100_000),
      }),
    )
    .max(100)
    .default([]),
});

const trustProxy = z.union(
  [
    z.literal(false),
    z.array(z.string().refine(isAddressRange, 'has to be an address or range such as 10.0.0.1 or 10.0.0.0/8')),
  ],
  { error: 'has to be false, or a list of proxy addresses such as ["10.0.0.1"]' },
);

function isAddressRange(text: string): boolean {
  const [address = '', bits = '0', ...rest] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

const rate = z.strictObject({ burst: z.int().min(1).max(1_000_000), perSecond: z.number().min(0.01).max(100_000) });

/** Whether its parts fit together is for `crossFaults`. */
export const gatewayConfigSchema = z.strictObject({
  stores: z
    .array(storeConfigSchema)
    .min(1)
    .max(1000)
    .default([storeConfigSchema.parse({ id: 'main', name: 'Main' })]),
  sources: z.array(sourceConfigSchema).default([]),
  chains: z.array(chainConfigSchema).default([]),
  trustProxy: trustProxy.default(false),
  /** For how many days events, raw deliveries, the keys of repeated ones and answers to commands are kept. */
  retentionDays: z
    .int()
    .min(
      RETENTION_DAYS.least,
      `has to be at least ${RETENTION_DAYS.least}: processors repeat deliveries and shops requests that long`,
    )
    .max(36_500)
    .default(RETENTION_DAYS.default),
  /** How often desks may ask for tickets and open sockets: so many at once, and then so many a second. */
  rateLimits: z.strictObject({ address: rate.default(RATES.address), desk: rate.default(RATES.desk) }).default(RATES),
  /** Under which URL desks reach the gateway, when a proxy stands before it; pairing links carry it. */
  publicUrl: z.string().refine(isReachedByDesks, `has to be ${DESK_URL}`).optional(),
});

export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;
export type StoreConfig = z.infer<typeof storeConfigSchema>;
