import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { connectionStateSchema, isCurrent } from '../../../contract/connection-state.ts';
import { eventData, eventEnvelopeSchema, eventKinds, knownEvent } from '../../../contract/events.ts';
import { clientFrameSchema, isRequestName, pushes, requests, serverFrameSchema } from '../../../contract/ipc.ts';
import { isOpen, orderSchema, orderStatuses, timeSchema } from '../../../contract/order.ts';
import * as protocol from '../../../contract/protocol.ts';
import { freshness } from '../../../contract/source-state.ts';
import { created, eventsOf, orderAfter, seen, settled } from './order-events.ts';

const [creation, sight] = eventsOf([created(), seen()]);

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

/** A copy with one value put at a path. */
function withValue(value: unknown, path: readonly (string | number)[], put: unknown): unknown {
  const copy = structuredClone(value);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = put;
  return copy;
}

describe('[DL7] poison is refused', () => {
  const numbers: readonly unknown[] = [
    Number.NaN,
    Infinity,
    -1,
    1.5,
    2 ** 53,
    Number.MAX_VALUE,
    '1',
    null,
    [],
    {},
    true,
  ];
  const places = [['seq'], ['at', 'received']] as const;
  it.each(places.flatMap((path) => numbers.map((number) => [path, number] as const)))(
    'at %j of an event: %s',
    (path, number) => expect(accepts(eventEnvelopeSchema, withValue(creation, path, number))).toBe(false),
  );

  it.each([
    ['an id that is no uuid', ['id'], '1'],
    ['an empty kind', ['kind'], ''],
    ['a kind beyond its length', ['kind'], 'k'.repeat(65)],
    ['a store with a slash', ['store'], '../main'],
    ['an order id of nothing', ['order'], ''],
    ['data that is a list', ['data'], [1]],
    ['data that is text', ['data'], 'x'],
    ['no data', ['data'], undefined],
    ['no times', ['at'], undefined],
  ] as const)('%s', (_, path, value) => {
    expect(accepts(eventEnvelopeSchema, withValue(creation, path, value))).toBe(false);
  });

  it.each([
    ['an amount as a number', ['data', 'payment', 'amount'], 8000000000000000],
    ['an amount with a point', ['data', 'payment', 'amount'], '1.5'],
    ['a negative amount', ['data', 'payment', 'amount'], '-1'],
    ['an amount beyond 256 bits', ['data', 'payment', 'amount'], '9'.repeat(79)],
    ['an amount with a leading zero', ['data', 'payment', 'amount'], '01'],
    ['a witness nobody knows', ['data', 'payment', 'witness'], 'hearsay'],
    ['more decimals than any asset has', ['data', 'payment', 'decimals'], 99],
    ['no payment', ['data'], {}],
  ] as const)('in a payment: %s', (_, path, value) => {
    const event = eventEnvelopeSchema.parse(withValue(sight, path, value));
    expect(() => knownEvent(event)).toThrow();
  });

  it('__proto__ in a message changes no prototype and reaches no order', () => {
    const text = JSON.stringify(creation).replace(
      '"data":{',
      '"data":{"__proto__":{"evil":1},"constructor":{"prototype":{"evil":1}},',
    );
    const event = eventEnvelopeSchema.parse(JSON.parse(text));
    const known = knownEvent(event);
    expect(Object.keys(known?.data ?? {})).toEqual(['order']);
    expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
    expect((known?.data as Record<string, unknown>)['evil']).toBeUndefined();
  });

  it('__proto__ inside an order is dropped as any unknown field', () => {
    const poisoned: unknown = JSON.parse(
      JSON.stringify(orderAfter(created())).replace('{', '{"__proto__":{"live":false},'),
    );
    const order = orderSchema.parse(poisoned);
    expect(Object.getPrototypeOf(order)).toBe(Object.prototype);
    expect(order.live).toBe(true);
  });

  it.each([0, 1_790_000_000_000, 8_640_000_000_000_000])('%i is a time', (time) =>
    expect(accepts(timeSchema, time)).toBe(true),
  );
  it.each([-1, 0.5, 8_640_000_000_000_001, Number.NaN, '2026-01-01'])('%s is none', (time) => {
    expect(accepts(timeSchema, time)).toBe(false);
  });
});

describe('compatibility: unknown fields are ignored everywhere', () => {
  it('in events, orders, requests and acks', () => {
    const more = { later: { version: 2 } };
    expect(eventEnvelopeSchema.parse({ ...creation, ...more })).not.toHaveProperty('later');
    expect(accepts(orderSchema, { ...orderAfter(created(), seen(), settled()), ...more })).toBe(true);
    expect(accepts(protocol.handshakeAuthSchema, { ticket: 't', protocol: 2, ...more })).toBe(true);
    expect(accepts(protocol.subscribedSchema, { ok: true, epoch: 'e', head: 0, mode: 'resumed', ...more })).toBe(true);
  });

  it('an order survives the wire exactly', () => {
    const order = orderAfter(created(), seen({ amount: '100000000000000000000' }), settled());
    expect(orderSchema.parse(JSON.parse(JSON.stringify(order)))).toEqual(order);
  });
});

describe("a shop's order", () => {
  const order = {
    reference: 'A-1',
    price: { currency: 'USD', amount: '19.99' },
    pay: [{ chain: 'eip155:1', asset: 'native', address: '0xaa', amount: '8000000000000000' }],
  };
  const pay = order.pay[0];

  it('has a quarter of an hour unless it says otherwise', () => {
    expect(protocol.directOrderSchema.parse(order).expiresInSeconds).toBe(900);
  });

  it.each([
    [{ reference: 'x'.repeat(128) }],
    [{ expiresInSeconds: 60 }],
    [{ expiresInSeconds: 86_400 }],
    [{ customer: {} }],
    [{ metadata: { note: 'x'.repeat(8_000) } }],
    [{ pay: [{ ...pay, asset: `erc20:0x${'aB'.repeat(20)}` }] }],
  ])('may be %j', (extra) => expect(accepts(protocol.directOrderSchema, { ...order, ...extra })).toBe(true));

  it.each([
    [{ reference: '' }],
    [{ reference: 'x'.repeat(129) }],
    [{ expiresInSeconds: 59 }],
    [{ expiresInSeconds: 86_401 }],
    [{ expiresInSeconds: 60.5 }],
    [{ pay: [] }],
    [{ pay: Array.from({ length: 17 }, () => pay) }],
    [{ pay: [{ ...pay, amount: '0' }] }],
    [{ pay: [{ ...pay, amount: 8 }] }],
    [{ pay: [{ ...pay, asset: 'erc20:0x12' }] }],
    [{ pay: [{ ...pay, asset: 'usdc' }] }],
    [{ price: { currency: 'USD', amount: 19.99 } }],
    [{ price: { currency: 'USD', amount: '1e3' } }],
    [{ price: { currency: '', amount: '1' } }],
    [{ metadata: { note: 'x'.repeat(8_200) } }],
  ])('may not be %j', (extra) => expect(accepts(protocol.directOrderSchema, { ...order, ...extra })).toBe(false));

  it('is told all its faults at once', () => {
    const result = protocol.directOrderSchema.safeParse({ ...order, reference: '', expiresInSeconds: 1, pay: [] });
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual(['reference', 'pay', 'expiresInSeconds']);
  });
});

describe('[AU1] [AU2] pairing and tickets', () => {
  it.each([
    ['A'.repeat(43), true],
    ['A'.repeat(42), false],
    [`${'A'.repeat(42)}=`, false],
    [`${'A'.repeat(42)}+`, false],
  ])('the key %s: %s', (publicKey, expected) => {
    expect(accepts(protocol.pairRequestSchema, { code: 'c', name: 'Front counter', publicKey })).toBe(expected);
  });

  it.each(['', '   ', 'x'.repeat(129)])('a desk is not called %j', (name) => {
    expect(accepts(protocol.pairRequestSchema, { code: 'c', name, publicKey: 'A'.repeat(43) })).toBe(false);
  });

  it('what a desk signs is fixed to the byte', () => {
    expect(protocol.ticketMessage('dsk_1', 'ch_1')).toBe('tillwatch-ticket-v1\ndsk_1\nch_1');
  });
});

describe('[CM1] commands', () => {
  const command = { id: '00000000-0000-4000-8000-000000000001', store: 'main', name: 'note', order: 'ord_1', args: {} };
  it.each([
    [{}, true],
    [{ name: 'of-a-later-version' }, true],
    [{ id: 'not-a-uuid' }, false],
    [{ args: null }, false],
    [{ store: '' }, false],
  ])('%j: %s', (extra, expected) => expect(accepts(protocol.commandSchema, { ...command, ...extra })).toBe(expected));

  it.each([
    ['note', { text: 'x'.repeat(4000) }, true],
    ['note', { text: 'x'.repeat(4001) }, false],
    ['note', { text: '' }, false],
    ['resolve', {}, false],
    ['resolve', { reason: 'refunded by hand' }, true],
    ['override-verdict', { verdict: 'release', reason: 'seen at the till' }, true],
    ['override-verdict', { verdict: 'test', reason: 'x' }, false],
    ['override-verdict', { verdict: 'hold' }, false],
    ['claim', {}, true],
  ] as const)('%s %j: %s', (name, args, expected) => {
    expect(accepts(protocol.commandArgs[name], args)).toBe(expected);
  });

  it('each have a least role', () => {
    expect(Object.keys(protocol.commandRoles).sort()).toEqual(Object.keys(protocol.commandArgs).sort());
    expect(protocol.commandRoles).toMatchObject({ recheck: 'staff', resolve: 'support', 'override-verdict': 'admin' });
  });
});

describe('[DL6] [DL7] an events message', () => {
  const message = { store: 'main', epoch: 'e', emittedAt: 1, events: [] as unknown[] };
  it('leaves each event to be checked by itself', () => {
    expect(accepts(protocol.eventsMessageSchema, { ...message, events: [null, 'poison', creation] })).toBe(true);
  });
  it.each([
    [200, true],
    [201, false],
  ])('of %i events: %s', (count, expected) => {
    const events = Array.from({ length: count }, () => creation);
    expect(accepts(protocol.eventsMessageSchema, { ...message, events })).toBe(expected);
  });
});

describe('[CN2] connection states', () => {
  it.each([
    [{ state: 'unpaired' }, false],
    [{ state: 'connecting', attempt: 0 }, false],
    [{ state: 'catching-up', behind: null }, false],
    [{ state: 'live', since: 1 }, true],
    [{ state: 'fallback', since: 1 }, true],
    [{ state: 'waiting', retryAt: 1, attempt: 2, reason: 'timeout' }, false],
    [{ state: 'offline', since: 1 }, false],
    [{ state: 'suspended' }, false],
    [{ state: 'refused', code: 'revoked' }, false],
    [{ state: 'closed' }, false],
  ] as const)('%j is current: %s', (state, expected) => {
    expect(isCurrent(connectionStateSchema.parse(state))).toBe(expected);
  });

  it.each([
    { state: 'live' },
    { state: 'waiting', retryAt: 1, attempt: 1 },
    { state: 'refused', code: 'mood' },
    { state: 'x' },
  ])('%j is none', (state) => expect(accepts(connectionStateSchema, state)).toBe(false));
});

describe('[FR1] freshness by the expected interval', () => {
  it.each([
    [0, false, 'hearing'],
    [20, false, 'hearing'],
    [21, false, 'quiet'],
    [50, false, 'quiet'],
    [51, false, 'late'],
    [0, true, 'down'],
    [51, true, 'down'],
  ] as const)('%i ms of 10, last attempt failed %s: %s', (since, failed, expected) => {
    expect(freshness(since, 10, failed)).toBe(expected);
  });
});

describe('the contract of the screens', () => {
  it.each(['desk.attach', 'order.read', 'app.info'])('%s is a request', (name) =>
    expect(isRequestName(name)).toBe(true),
  );
  it.each(['', 'desk', 'toString', '__proto__', 'constructor', 'desk.state'])('%j is none', (name) => {
    expect(isRequestName(name)).toBe(false);
  });

  it('knows frames of both directions', () => {
    expect(accepts(clientFrameSchema, { id: 1, request: 'app.info', input: {} })).toBe(true);
    expect(accepts(clientFrameSchema, { id: -1, request: 'app.info', input: {} })).toBe(false);
    expect(accepts(clientFrameSchema, { id: 1, request: 'x'.repeat(65), input: {} })).toBe(false);
    expect(accepts(serverFrameSchema, { push: 'desk.state', payload: {} })).toBe(true);
    expect(accepts(serverFrameSchema, { id: 1, ok: false, error: { code: 'x', message: 'y' } })).toBe(true);
    expect(accepts(serverFrameSchema, { id: 1, ok: false })).toBe(false);
  });

  it('names no request and no push twice', () => {
    expect(Object.keys(requests).filter((name) => Object.hasOwn(pushes, name))).toEqual([]);
  });
});

describe('tables', () => {
  it('every kind has data, every status is open or closed', () => {
    expect(eventKinds).toEqual(Object.keys(eventData));
    const open = orderStatuses.filter((status) => isOpen({ ...orderAfter(created()), status }));
    expect(open).toEqual(['awaiting', 'detected', 'confirming', 'refunding']);
  });

  it('limits are those of the published interface', () => {
    expect(protocol.limits).toMatchObject({
      restBodyBytes: 65_536,
      webhookBodyBytes: 1_048_576,
      eventsPerMessage: 200,
      messageBytes: 262_144,
      longPollMs: 25_000,
      ticketMs: 30_000,
      sessionMs: 900_000,
    });
  });
});
