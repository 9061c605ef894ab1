/**
 * One order's whole history in one file, for a dispute, a processor's support or an archive. Every part is hashed by
 * itself, so that what was altered can be named; the hashes are signed by the gateway that wrote them.
 */
import { z } from 'zod';
import { eventEnvelopeSchema } from '../../contract/events.ts';
import { blockSchema, nameSchema, orderSchema, timeSchema } from '../../contract/order.ts';
import { storeSchema } from '../../contract/protocol.ts';

export const CASE_FORMAT = 'tillwatch-case-1';

/** A delivery as the processor sent it, its secrets removed and its signature kept. */
export const caseDeliverySchema = z.object({
  id: z.string().max(64),
  source: nameSchema,
  receivedAt: timeSchema,
  headers: z.record(z.string(), z.string()),
  /** When customer data was erased from it: its signature does not fit any more. */
  redactedAt: timeSchema.optional(),
  /** The exact bytes: as text where they are UTF-8, so that a person can read them. */
  body: z.object({ encoding: z.enum(['utf8', 'base64']), data: z.string() }),
});
export type CaseDelivery = z.infer<typeof caseDeliverySchema>;

/** What the chain showed of one payment, as the gateway held it when the file was written. */
export const chainEvidenceSchema = z.object({
  payment: z.string(),
  chain: nameSchema.nullable(),
  txHash: z.string().nullable(),
  block: blockSchema.nullable(),
  confirmations: z.int().nullable(),
  state: z.string(),
});

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const caseFileSchema = z.object({
  format: z.literal(CASE_FORMAT),
  about: z.object({
    writtenAt: timeSchema,
    gateway: z.string().max(64),
    store: storeSchema,
    /** False where older events of the order were trimmed before. */
    complete: z.boolean(),
  }),
  order: orderSchema,
  events: z.array(eventEnvelopeSchema),
  deliveries: z.array(caseDeliverySchema),
  chain: z.array(chainEvidenceSchema),
  manifest: z.object({
    /** SHA-256, in hex, of each part's canonical JSON: sorted keys, no spaces. */
    parts: z.record(z.string(), hash),
    /** SHA-256 of `parts` as canonical JSON. */
    whole: hash,
  }),
  signature: z.object({
    algorithm: z.literal('ed25519'),
    /** Raw Ed25519 key, base64url. */
    publicKey: z.string().max(64),
    /** Base64url, over the text that `signedText` makes of `manifest.whole`. */
    value: z.string().max(128),
  }),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
/** What is hashed: everything but the hashes. */
export type CaseContent = Omit<CaseFile, 'manifest' | 'signature'>;

/** The exact text that a gateway signs. */
export function signedText(whole: string): string {
  return `tillwatch-case-v1\n${whole}`;
}
