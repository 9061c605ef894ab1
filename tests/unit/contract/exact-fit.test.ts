import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventData, eventEnvelopeSchema, isEventKind, knownEvent, readEnvelope } from '../../../contract/events.ts';
import { exactFit, readAs } from '../../../contract/exact-fit.ts';
import { fold } from '../../../contract/fold.ts';
import { ordersPushSchema } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import { settlementOf } from '../../../contract/settlement.ts';
import { log } from './arbitrary-events.ts';

type Json = Record<string, unknown>;

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    '',
    '0',
    '01',
    '1.50',
    'a b',
    'main',
    'hold',
    0,
    -0,
    -1,
    1.5,
    2 ** 53,
  ),
  fc.constantFrom<unknown>(Number.NaN, Number.POSITIVE_INFINITY, {}, [], [null], new Date(0), new Map()),
  fc.constantFrom<unknown>('x'.repeat(64), 'x'.repeat(65), 'x'.repeat(1_000), 'x'.repeat(1_001), 'x'.repeat(4_001)),
  fc.string(),
  fc.integer(),
  fc.constantFrom<unknown>(JSON.parse('{"__proto__":1}'), Object.create({ inherited: 1 }), Array(60).fill('late')),
);

/** Every object within a value, itself first. */
function objects(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(objects)];
}

/** One place of an event is something else, is gone, or is more than there should be. */
const damaged = fc
  .tuple(log, fc.nat(), fc.nat(), fc.constantFrom('replace', 'remove', 'add'), junk)
  .filter(([events]) => events.length > 0)
  .map(([events, where, which, how, value]) => {
    const event = structuredClone(events[where % events.length]) as unknown as Json;
    // A list with a key of its own is nothing that JSON says.
    const all = objects(event).filter((each) => !Array.isArray(each));
    const at = all[where % all.length] as Json;
    const keys = Object.keys(at);
    const key = keys[which % Math.max(1, keys.length)] ?? 'nothing';
    if (how === 'replace') at[key] = value;
    else if (how === 'remove') Reflect.deleteProperty(at, key);
    else at['unheardOf'] = value;
    return event;
  });

const fitOf = new Map([eventEnvelopeSchema, ...Object.values(eventData)].map((schema) => [schema, exactFit(schema)]));

function agrees(schema: Parameters<typeof fitOf.get>[0], value: unknown): void {
  const parsed = schema.safeParse(value);
  const fits = fitOf.get(schema)?.(value);
  if (fits) expect(parsed).toStrictEqual({ success: true, data: value });
  else if (parsed.success) expect(isAsJson(value) && sameJson(parsed.data, value)).toBe(false);
}

/** What no JSON says, such as `undefined` under a key or a Date, is left to parsing. */
function isAsJson(value: unknown): boolean {
  const plain = (each: object) => Array.isArray(each) || Object.getPrototypeOf(each) === Object.prototype;
  return objects(value).every((each) => plain(each) && !Object.values(each).includes(undefined));
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

describe('what is as its schema has it', () => {
  it('[DL7] is told from the rest just as parsing tells it, whatever became of an event', () => {
    fc.assert(
      fc.property(damaged, (event) => {
        agrees(eventEnvelopeSchema, event);
        const { kind, data } = event;
        if (typeof kind === 'string' && isEventKind(kind)) agrees(eventData[kind], data);
      }),
      { numRuns: 1_500 },
    );
  });

  it('is handed on as it is, every kind of event', () => {
    fc.assert(
      fc.property(log, (events) => {
        // As they come over a line: fast-check makes objects without a prototype too.
        for (const event of structuredClone(events)) {
          expect(readEnvelope(event)).toStrictEqual({ success: true, data: event });
          const isNext = knownEvent(event);
          if (isNext !== null) expect(isNext).toBe(event);
        }
      }),
    );
  });

  it.each([
    ['a refinement', z.string().refine((text) => text !== 'x'), 'y'],
    ['a number above a limit', z.number().gt(1), 2],
    ['a multiple', z.int().multipleOf(2), 4],
    ['a list of one length', z.array(z.null()).length(1), [null]],
    ['an object that takes any key', z.looseObject({}), {}],
    ['one of several', z.union([z.string(), z.null()]), null],
    ['what is changed on the way', z.string().trim(), 'x'],
    ['a default', z.object({ a: z.string().default('x') }), { a: 'y' }],
  ])('is left to parsing for %s', (_what, schema, value) => {
    expect(schema.safeParse(value).success).toBe(true);
    expect(exactFit(schema)(value)).toBe(false);
    expect(exactFit(z.object({ inner: schema }))({ inner: value })).toBe(false);
  });

  it('is told of the pushes with orders too, which carry whole pictures', () => {
    const push = { store: 'main', reset: true, complete: false, removed: [], seq: 3 };
    fc.assert(
      fc.property(log, (events) => {
        const orders = events.reduce<Order | undefined>(
          (order, event) => fold(order, { ...event, order: 'ord_1' }),
          undefined,
        );
        const told = structuredClone({ ...push, orders: orders ? [orders] : [] });
        const read = readAs(ordersPushSchema, told);
        expect(read.success && read.data === told).toBe(true);
        expect(readAs(ordersPushSchema, { ...told, seq: -1 }).success).toBe(false);
        expect(readAs(ordersPushSchema, { ...told, later: 1 })).toStrictEqual({ success: true, data: told });
      }),
    );
  });

  it('knows strings by length and form, numbers by their bounds', () => {
    const text = exactFit(z.string().min(2).max(3).regex(/^a/).regex(/b/));
    expect(['ab', 'abb', 'a', 'abbb', 'bb', 'aa', 1].map(text)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    const number = exactFit(z.int().min(1).max(3));
    expect([1, 3, 0, 4, 1.5, '2', Number.NaN].map(number)).toEqual([true, true, false, false, false, false, false]);
    expect([1.5, Number.NaN, Infinity].map(exactFit(z.number()))).toEqual([true, false, false]);
  });
});

describe('what an order’s facts mean', () => {
  it('is as if it were made out anew after every event', () => {
    fc.assert(
      fc.property(log, (events) => {
        events.reduce<Order | undefined>((order, event) => {
          const after = fold(order, { ...event, order: 'ord_1' });
          if (after) expect(after).toMatchObject(settlementOf(after));
          if (after?.status === 'paid') expect(after.paidAt).toBeTypeOf('number');
          return after;
        }, undefined);
      }),
      { numRuns: 400 },
    );
  });
});
