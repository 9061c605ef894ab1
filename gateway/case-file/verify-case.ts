/** Checks a case file without the gateway that wrote it: its hashes, its signature, and that its events make its order. */
import { parse } from 'lossless-json';
import type { Event } from '../../contract/events.ts';
import { fold } from '../../contract/fold.ts';
import type { Order } from '../../contract/order.ts';
import { canonicalJson } from '../canonical-json.ts';
import { faultWords } from '../fault-words.ts';
import { caseFileSchema } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { isSigned } from './case-key.ts';
import { hashOf, partsOf } from './case-manifest.ts';

export interface CaseVerdict {
  /** What is wrong, each in a sentence; none when the file is as it was written. */
  readonly faults: readonly string[];
  /** What could not be checked, or what a reader has to know. */
  readonly notes: readonly string[];
  /** Who signed it, base64url; null when the file cannot be read at all. */
  readonly publicKey: string | null;
  readonly reference: string | null;
}

/** @param expectedKey the gateway's public key, where it is known from elsewhere; else the file only vouches for itself */
export function verifyCase(text: string, expectedKey: string | null): CaseVerdict {
  try {
    return verdictOn(text, expectedKey);
  } catch (error) {
    // Of the engine's stack, which is deeper than anything that a gateway writes.
    if (error instanceof RangeError) return unreadable('This is nested too deeply for a case file.');
    throw error;
  }
}

function unreadable(fault: string): CaseVerdict {
  return { faults: [fault], notes: [], publicKey: null, reference: null };
}

function verdictOn(text: string, expectedKey: string | null): CaseVerdict {
  const read = readCase(text);
  if (typeof read === 'string') return unreadable(read);
  const { raw, file } = read;
  const signer = signatureFaults(file, expectedKey);
  const folded = foldFaults(file);
  return {
    faults: [...partFaults(raw), ...signer, ...folded.faults],
    notes: [
      ...(expectedKey === null ? ['The file names its own key: compare it with the key of the gateway.'] : []),
      ...folded.notes,
      ...missingDeliveries(file),
      ...redactedDeliveries(file),
    ],
    publicKey: file.signature.publicKey,
    reference: file.order.reference,
  };
}

/** Both as written and as read: a field that this version does not know is hashed as well. */
function readCase(text: string): { raw: CaseFile; file: CaseFile } | string {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return `This is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  const twice = fieldTwice(text);
  if (twice !== null) return twice;
  const file = caseFileSchema.safeParse(raw, { error: faultWords });
  if (file.success) return { raw: raw as CaseFile, file: file.data };
  const [issue] = file.error.issues;
  return `This is no case file of this version: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
}

/** Who reads the file may see the one, and a program the other. */
function fieldTwice(text: string): string | null {
  const seen = new Set<string>();
  try {
    parse(text, null, {
      parseNumber: Number,
      onDuplicateKey: ({ key }) => {
        seen.add(key);
        return undefined;
      },
    });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return `This is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  const [name] = seen;
  return name === undefined ? null : `The field ${name} stands twice in one place: a gateway writes it once.`;
}

function partFaults(raw: CaseFile): string[] {
  const { manifest, signature: _, ...content } = raw;
  const parts = partsOf(content);
  const unnamed = Object.keys(content).filter((name) => !known.has(name));
  const altered = [...parts].filter(([name, part]) => manifest.parts[name] !== hashOf(part)).map(([name]) => name);
  const gone = Object.keys(manifest.parts).filter((name) => !parts.has(name));
  return [
    ...altered.map((name) => `${name} is not what its hash says.`),
    ...gone.map((name) => `${name} has a hash and is missing.`),
    ...[...unnamed, ...added(raw)].map((name) => `${name} was added: no hash covers it.`),
    ...(manifest.whole === hashOf(manifest.parts) ? [] : ['The list of hashes is not what its own hash says.']),
  ];
}

/** Fields of the hashes' own frame; nothing hashes these. */
function added({ manifest, signature }: CaseFile): string[] {
  return [
    ...Object.keys(manifest).flatMap((name) =>
      name in caseFileSchema.shape.manifest.shape ? [] : [`manifest.${name}`],
    ),
    ...Object.keys(signature).flatMap((name) =>
      name in caseFileSchema.shape.signature.shape ? [] : [`signature.${name}`],
    ),
  ];
}

const known = new Set(['format', 'about', 'order', 'events', 'deliveries', 'chain']);

function signatureFaults({ manifest, signature }: CaseFile, expectedKey: string | null): string[] {
  if (!isSigned(manifest.whole, signature)) return ['The signature does not fit the hashes.'];
  if (expectedKey !== null && expectedKey !== signature.publicKey) return ['It is signed by another key.'];
  return [];
}

/** The same fold that projects, stores and replays has to make this order of these events. */
function foldFaults({ about, order, events }: CaseFile): { faults: string[]; notes: string[] } {
  if (!about.complete) {
    return { faults: [], notes: ['Older events were trimmed, so that the order cannot be made anew from them.'] };
  }
  const made = foldOf(events);
  if (typeof made === 'string') return { faults: [made], notes: [] };
  const same = made !== undefined && canonicalJson(withoutCustomer(made)) === canonicalJson(withoutCustomer(order));
  return { faults: same ? [] : ['The events do not make this order.'], notes: [] };
}

function foldOf(events: readonly Event[]): Order | string | undefined {
  let order: Order | undefined;
  try {
    for (const event of events) order = fold(order, event);
    return order;
  } catch {
    return 'An event does not fit its kind, so that the order cannot be made anew.';
  }
}

/** Events never hold it [AU4]. */
function withoutCustomer({ customer: _, ...order }: Order): object {
  return order;
}

function missingDeliveries({ events, deliveries }: CaseFile): string[] {
  const held = new Set(deliveries.map(({ id }) => id));
  const missing = new Set(events.flatMap(({ raw }) => (raw === undefined || held.has(raw) ? [] : [raw])));
  return [...missing].map((id) => `Delivery ${id} was no longer kept when the file was written.`);
}

function redactedDeliveries({ deliveries }: CaseFile): string[] {
  return deliveries.flatMap(({ id, redactedAt }) =>
    redactedAt === undefined
      ? []
      : [
          `Customer data was taken out of delivery ${id} at ${new Date(redactedAt).toISOString()}: its signature no longer fits.`,
        ],
  );
}
