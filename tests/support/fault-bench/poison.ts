import type { Random } from '../../../demo/clock/random.ts';
import type { Event } from '../../../contract/events.ts';

type Poison = (event: Event) => string;

/** Ten megabytes, as no event of ours has them. */
const HUGE = 10 * 1024 * 1024;

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { deeper: nested(depth - 1) };
}

const poisons: Readonly<Record<string, Poison>> = {
  'nothing at all': () => 'null',
  'a word': () => '"garbage"',
  'wrong data': (event) => JSON.stringify({ ...event, data: { payment: 7, order: [], paymentId: null, text: 5 } }),
  'a reserved key': (event) => `{"__proto__":{"polluted":true},${JSON.stringify(event).slice(1)}`,
  'a number beyond all numbers': (event) => JSON.stringify({ ...event, data: '@' }).replace('"@"', '{"n":1e999}'),
  'a number above 2^53': (event) => JSON.stringify({ ...event, data: '@' }).replace('"@"', '{"n":9007199254740993}'),
  'no id': (event) => JSON.stringify({ ...event, id: undefined }),
  'no seq': (event) => JSON.stringify({ ...event, seq: undefined }),
  'too deep': (event) => JSON.stringify({ ...event, data: nested(60) }),
  'another log’s': (event) => JSON.stringify({ ...event, epoch: 'another' }),
};

export function poisonNames(): string[] {
  return Object.keys(poisons);
}

/** @returns the JSON that takes the event's place */
export function poisoned(event: Event, name: string): string {
  const poison = poisons[name];
  if (!poison) throw new RangeError(`no poison "${name}"`);
  return poison(event);
}

/** The event with ten megabytes of data. */
export function bloated(event: Event, random: Random): string {
  return JSON.stringify({ ...event, data: { text: random.pick(['x', 'é']).repeat(HUGE) } });
}
