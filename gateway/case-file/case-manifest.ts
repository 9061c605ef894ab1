import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { CaseContent, CaseFile } from './case-file.ts';

/** Every part of a case file by its name: one for each event and delivery, so that an altered one can be named. */
export function partsOf({ format, about, order, events, deliveries, chain }: CaseContent): Map<string, unknown> {
  return new Map<string, unknown>([
    ['format', format],
    ['about', about],
    ['order', order],
    // Their number is part of it, so that none can be left out together with its hash.
    ['events', events.map(({ seq }) => seq)],
    ...events.map((event) => [`events/${event.seq}`, event] as const),
    ['deliveries', deliveries.map(({ id }) => id)],
    ...deliveries.map((delivery) => [`deliveries/${delivery.id}`, delivery] as const),
    ['chain', chain],
  ]);
}

export function manifestOf(content: CaseContent): CaseFile['manifest'] {
  const parts = Object.fromEntries([...partsOf(content)].map(([name, part]) => [name, hashOf(part)]));
  return { parts, whole: hashOf(parts) };
}

/** SHA-256 of canonical JSON, in hex. */
export function hashOf(part: unknown): string {
  return createHash('sha256').update(canonicalJson(part)).digest('hex');
}
