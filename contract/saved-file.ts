/** Files that a person keeps: made here or at the gateway, and written where the person says. */
import { z } from 'zod';
import { nameSchema } from './order.ts';

/** Characters of one part; a page of the browser host could not send a whole large file at once. */
export const PART_MOST = 1_048_576;

/**
 * A file in parts. Each is whole by itself: none ends within a character, nor within a group of base64, so that each can
 * be written as it comes.
 */
export const savedFileSchema = z.object({
  /** A name without folders, that every file system takes. */
  suggestedName: z
    .string()
    .max(120)
    .regex(/^[^\s.\\/:*?"<>|\p{C}][^\\/:*?"<>|\p{C}]*\.(?:csv|json|png|txt)$/u, 'must be a plain file name'),
  mediaType: z.enum(['text/csv', 'application/json', 'image/png', 'text/plain']),
  /** How the parts write bytes: as text in UTF-8, or as base64. */
  encoding: z.enum(['utf8', 'base64']).default('utf8'),
  parts: z
    .array(
      z
        .string()
        .max(PART_MOST)
        .refine((part) => part.isWellFormed(), 'must not end within a character'),
    )
    .max(512),
});
export type SavedFile = z.input<typeof savedFileSchema>;

/** `saved`: written; `cancelled`: the person did not want it; `offered`: handed to the browser, which says no more. */
export const saveOutcomeSchema = z.object({ outcome: z.enum(['saved', 'cancelled', 'offered']) });
export type SaveOutcome = z.infer<typeof saveOutcomeSchema>;

export const fileRequests = {
  /**
   * Has a person choose where, and writes it there; fails with `not-kept` where it cannot be written. A page of the
   * browser host never asks: it hands the file to its browser by itself.
   */
  'file.save': { input: savedFileSchema, output: saveOutcomeSchema },
  /**
   * The gateway's signed file of an order, as it came. Fails with `not-connected`, or with the gateway's refusal such as
   * `forbidden`.
   */
  'case.export': {
    input: z.object({ store: nameSchema, order: z.string().min(1).max(64) }),
    output: savedFileSchema,
  },
  /** What helps to find a fault, as one JSON file without secrets or customers. */
  'diagnostics.bundle': { input: z.object({}), output: savedFileSchema },
} as const;

/** A text as parts that can be saved; no character is cut. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(from + PART_MOST, text.length);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to -= 1;
    parts.push(text.slice(from, to).toWellFormed());
    from = to;
  }
  return parts;
}
