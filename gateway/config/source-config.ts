/** What gateway.yaml may say of sources, by kind. */
import { z } from 'zod';
import { nameSchema } from '../../contract/order.ts';
import { faultWords } from '../fault-words.ts';
import { cdpKey } from '../sources/coinbase-business/cdp-key.ts';

export const httpUrl = z.url({ protocol: /^https?$/, error: 'has to be an http or https URL' });

const common = {
  id: nameSchema.refine((id) => id !== 'direct', '`direct` is built in; choose another id'),
  store: nameSchema,
  webhookSecrets: z.array(z.string().min(1, 'an empty secret would let anybody sign')).min(1),
  pollSeconds: z.number().min(0.05).max(3600).optional(),
  networks: z.record(z.string(), nameSchema).optional(),
};
const toleranceSeconds = z.int().min(1).max(86_400).default(300);

export const cryptoComPayConfigSchema = z.strictObject({
  ...common,
  kind: z.literal('crypto-com-pay'),
  apiKey: z.string().min(1).optional(),
  apiBase: httpUrl.default('https://pay.crypto.com/api'),
  toleranceSeconds,
});

/** BTCPay Server's webhooks carry no amounts: without the API there is no order to show. */
export const btcPayConfigSchema = z.strictObject({
  ...common,
  kind: z.literal('btcpay'),
  apiKey: z.string({ error: 'has to be a Greenfield API key: webhooks alone carry no amounts' }).min(1),
  apiBase: httpUrl,
  storeId: z.string().min(1).max(128),
});

export const coinbaseBusinessConfigSchema = z
  .strictObject({
    ...common,
    kind: z.literal('coinbase-business'),
    apiKeyId: z.string().min(1).optional(),
    apiKeySecret: z.string().superRefine(keyFaults).optional(),
    apiBase: httpUrl.optional(),
    sandbox: z.boolean().default(false),
    toleranceSeconds,
  })
  .refine(({ apiKeyId, apiKeySecret }) => (apiKeyId === undefined) === (apiKeySecret === undefined), {
    path: ['apiKeySecret'],
    message: 'apiKeyId and apiKeySecret belong together: give both, or neither',
  });

function keyFaults(secret: string, context: z.RefinementCtx): void {
  try {
    cdpKey('', secret);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
}

const byKind = z.discriminatedUnion('kind', [
  cryptoComPayConfigSchema,
  btcPayConfigSchema,
  coinbaseBusinessConfigSchema,
]);
export type SourceConfig = z.infer<typeof byKind>;

const kinds = ['crypto-com-pay', 'btcpay', 'coinbase-business'] as const satisfies readonly SourceConfig['kind'][];

/** What can be said of a source whose kind nobody knows, so that all its other faults are named with it. */
const ofAnyKind = z.looseObject({ ...common, kind: z.enum(kinds, `the kinds of sources are: ${kinds.join(', ')}`) });

export const sourceConfigSchema = z.unknown().transform((value, context): SourceConfig => {
  const known = ofAnyKind.shape.kind.safeParse(kindOf(value)).success;
  const parsed = (known ? byKind : ofAnyKind).safeParse(value, { error: faultWords });
  if (parsed.success) return byKind.parse(value);
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
}
