/** Which event is waited for: a pattern that says what it wants, so that a wait in vain can say what it missed. */
import type { Event } from '../contract/events.ts';

export interface EventPattern {
  /** One kind, or any of several. */
  readonly kind?: string | readonly string[];
  /** An order, or its id. */
  readonly order?: string | { readonly id: string };
  readonly store?: string;
  readonly source?: string;
  /** Id of the command that caused it. */
  readonly command?: string;
  /** Fields of its data; what is not named may be anything. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Anything else; a function with a name is named where it was waited for in vain. */
  readonly where?: (event: Event) => boolean;
}

export interface Matcher {
  /** Parts of the pattern that this event does not fulfil, by name; none for an event that matches. */
  misses(event: Event): string[];
  /** The pattern in words. */
  readonly describe: string;
}

/** `matching({ kind: 'payment.settled', order })` */
export function matching(pattern: EventPattern): Matcher {
  const parts = partsOf(pattern);
  return {
    describe: parts.length === 0 ? 'any event' : parts.map(({ name, wanted }) => `${name} ${wanted}`).join(', '),
    misses: (event) => parts.filter(({ fits }) => !fits(event)).map(({ name }) => name),
  };
}

interface Part {
  readonly name: string;
  readonly wanted: string;
  readonly fits: (event: Event) => boolean;
}

function partsOf({ kind, order, store, source, command, data, where }: EventPattern): Part[] {
  const kinds = typeof kind === 'string' ? [kind] : kind;
  const id = typeof order === 'object' ? order.id : order;
  const parts: (Part | false | undefined)[] = [
    kinds && { name: 'kind', wanted: kinds.join(' or '), fits: (event) => kinds.includes(event.kind) },
    id !== undefined && { name: 'order', wanted: id, fits: (event) => event.order === id },
    store !== undefined && { name: 'store', wanted: store, fits: (event) => event.store === store },
    source !== undefined && { name: 'source', wanted: source, fits: (event) => event.source === source },
    command !== undefined && { name: 'command', wanted: command, fits: (event) => event.command === command },
    data && { name: 'data', wanted: JSON.stringify(data), fits: (event) => contains(event.data, data) },
    where && { name: 'where', wanted: where.name || 'a condition', fits: where },
  ];
  return parts.filter((part) => typeof part === 'object');
}

/** True where everything that is wanted is there; arrays have to be equal in length. */
function contains(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return Object.is(value, wanted);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(wanted) && (!Array.isArray(value) || value.length !== wanted.length)) return false;
  return Object.entries(wanted).every(
    ([key, each]) => Object.hasOwn(value, key) && contains(Reflect.get(value, key), each),
  );
}
