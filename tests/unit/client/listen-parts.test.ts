import { describe, expect, test } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { gatewayUrl } from '../../../client/gateway-url.ts';
import { eventAmount } from '../../../client/listen/event-amount.ts';
import { parseListenArguments } from '../../../client/listen/listen-arguments.ts';
import { OrderMemory } from '../../../client/listen/order-memory.ts';
import { jsonPrinter, wordPrinter } from '../../../client/listen/printer.ts';
import { retryDelay } from '../../../client/listen/retry-delay.ts';
import { GatewayError } from '../../../client/gateway-error.ts';
import { sampleOrder, samplePayment } from '../../support/fake-bridge/sample-orders.ts';

const NOW = new Date(2026, 10, 21, 14, 2, 11, 310).getTime();
const order = sampleOrder(1, NOW, { reference: 'A-1001' });

function event(kind: string, data: Event['data'], changes: Partial<Event> = {}): Event {
  return {
    ...{
      seq: 5,
      id: '00000000-0000-4000-8000-000000000005',
      epoch: 'e',
      store: 'main',
      order: order.id,
      source: 'cdc',
    },
    ...{ kind, data, at: { occurred: null, sent: null, received: NOW } },
    ...changes,
  };
}

describe('arguments', () => {
  const parse = (...argv: string[]) => parseListenArguments(argv, 'Listener');
  test('are read', () => {
    expect(parse('--gateway', 'g', '--code', ' C ', '--json')).toEqual({
      value: { gateway: 'g', code: 'C', data: null, store: 'main', name: 'Listener', json: true },
    });
    expect(parse('--data', 'd', '--store', 'other', '--name', '  ')).toEqual({
      value: { gateway: null, code: null, data: 'd', store: 'other', name: 'Listener', json: false },
    });
  });
  test.each([
    [[], /Who is listening/],
    [['--gateway', 'g'], /Who is listening/],
    [['--code', 'C'], /Of which gateway/],
    [['--data', ''], /--data takes/],
    [['--data', 'd', '--store', '../x'], /no name of a store/],
    [['--what'], /--what/],
  ])('%j are refused', (argv, message) => {
    expect(parse(...argv)).toEqual({ fault: expect.stringMatching(message) });
  });
});

describe('[CN12] addresses', () => {
  test.each([
    'https://g.example/',
    'https://g.example/till/',
    'http://localhost:1',
    'http://127.0.0.1:1',
    'http://[::1]:1',
  ])('%s', (text) => expect(gatewayUrl(text)).toBe(text.replace(/\/$/, '')));
  test.each([
    'http://g.example',
    'ftp://localhost',
    'g.example',
    '',
    'https://me:pw@g.example',
    'http://127.0.0.1.example',
  ])('not %j', (text) => expect(() => gatewayUrl(text)).toThrow(expect.objectContaining({ code: 'insecure-address' })));
});

describe('[CN3] the next try', () => {
  test.each([
    [0, 0, false, 200],
    [0, 0.999, false, 1_998],
    [1, 0, false, 1_000],
    [1, 0.999, false, 8_992],
    [9, 0.999, false, 16_984],
    [999, 0, false, 1_000],
    [9, 0.999, true, 2_000],
  ])('%s, %s, %s', (tries, random, loopback, ms) => expect(retryDelay(tries, random, loopback)).toBe(ms));
});

describe('amounts', () => {
  const paid = { ...order, payments: [samplePayment(order, 1, { id: 'p1' })] };
  test.each<[string, Event, string]>([
    ['a price', event('order.created', { order: { price: { amount: '19.99', currency: 'USD' } } }), '19.99 USD'],
    [
      'a payment',
      event('payment.detected', { payment: { amount: '8000000000000000', decimals: 18, symbol: 'ETH' } }),
      '0.008 ETH',
    ],
    [
      'unknown units',
      event('payment.detected', { payment: { amount: '12345', decimals: null, symbol: 'XYZ' } }),
      '12345 XYZ',
    ],
    ['a refund', event('refund.completed', { refundId: 'r', amount: '5.00', currency: 'USD' }), '5.00 USD'],
    [
      'a payment that is known',
      event('payment.settled', { paymentId: 'p1' }),
      expect.stringMatching(/^[\d.]+ (?:ETH|USDC)$/),
    ],
    ['one that is not', event('payment.settled', { paymentId: 'p2' }), ''],
    ['no money', event('note.added', { text: 'hello' }), ''],
    ['nonsense', event('payment.detected', { payment: { amount: '-1e9', decimals: 18, symbol: 'ETH' } }), ''],
  ])('%s', (_what, each, amount) => expect(eventAmount(each, paid)).toEqual(amount));
});

describe('orders remembered', () => {
  test('follow their events, also those of data that does not fit', () => {
    const memory = new OrderMemory();
    memory.replace([order]);
    expect(memory.apply(event('order.updated', { changes: { reference: 'B' } }))?.reference).toBe('B');
    expect(memory.apply(event('payment.settled', { nonsense: 1 }, { seq: 6 }))?.reference).toBe('B');
    expect(memory.apply(event('x', {}, { order: null }))).toBeUndefined();
    expect(memory.apply(event('x', {}, { order: 'ord_unknown' }))).toBeUndefined();
    memory.replace([]);
    expect(memory.apply(event('x', {}, { seq: 7 }))).toBeUndefined();
  });

  test('are bounded: those that nothing happened to for longest go', () => {
    const memory = new OrderMemory();
    memory.replace(Array.from({ length: 20_001 }, (_, n) => ({ ...order, id: `ord_${n}` })));
    expect(memory.apply(event('x', {}, { order: 'ord_0' }))).toBeUndefined();
    expect(memory.apply(event('x', {}, { order: 'ord_1' }))).toBeDefined();
  });
});

describe('printing', () => {
  function lines() {
    const out: string[] = [];
    const err: string[] = [];
    return { out, err, streams: { out: (s: string) => out.push(s), err: (s: string) => err.push(s), now: () => NOW } };
  }
  const created = event('order.created', {
    order: { price: { amount: '19.99', currency: 'USD' }, customer: { name: 'Ines', email: 'ines@example.com' } },
  });
  const lost = { state: 'waiting', error: new GatewayError('unreachable', 'No way.'), retryInMs: 1_500 } as const;

  test('one line an event', () => {
    const { out, err, streams } = lines();
    wordPrinter(streams).event({ event: created, order, latencyMs: 4 });
    wordPrinter(streams).event({ event: { ...created, order: 'ord_x' }, order: undefined, latencyMs: 0 });
    expect(out).toEqual([
      '14:02:11.310  A-1001            order.created                    19.99 USD  4 ms',
      '14:02:11.310  ord_x             order.created                    19.99 USD  0 ms',
    ]);
    expect(err).toEqual([]);
  });

  test('says since when it is not current, and how much came since', () => {
    const { err, streams } = lines();
    const printer = wordPrinter(streams);
    printer.state({ state: 'current', seq: 4 });
    printer.state(lost);
    printer.state({ state: 'connecting' });
    printer.state(lost);
    printer.picture('epoch-changed');
    printer.state({ state: 'catching-up', behind: 1 });
    printer.event({ event: created, order, latencyMs: 4 });
    printer.state({ state: 'current', seq: 5 });
    expect(err).toEqual([
      '-- current: everything up to #4 is shown',
      '-- NOT CURRENT since 14:02:11.310: No way. next try in 1.5 s',
      '-- NOT CURRENT since 14:02:11.310: No way. next try in 1.5 s',
      '-- the log could not be followed (epoch-changed): what happened meanwhile may be missing here',
      '-- catching up: 1 event',
      '-- current: everything up to #5 is shown (1 event while it was not)',
    ]);
  });

  test('no control sequence of a shop reaches the terminal', () => {
    const { out, streams } = lines();
    const spoofed = { ...order, reference: '\u001b[2J\u001b]0;x\u0007A\r\nB\u0085' };
    wordPrinter(streams).event({ event: created, order: spoofed, latencyMs: 4 });
    expect(out[0]).not.toMatch(/\p{Cc}/u);
    expect(out[0]).toContain('A');
  });

  test('[AU4] JSON, one object a line, without the customer', () => {
    const { out, err, streams } = lines();
    const printer = jsonPrinter(streams);
    printer.state({ state: 'current', seq: 4 });
    printer.event({ event: created, order, latencyMs: 4 });
    printer.state(lost);
    printer.picture('too-old');
    expect(out.map((line) => JSON.parse(line) as object)).toMatchObject([
      { line: 'state', state: 'current', seq: 4, at: NOW },
      { line: 'event', reference: 'A-1001', latencyMs: 4, seq: 5, kind: 'order.created' },
      { line: 'state', state: 'waiting', code: 'unreachable', message: 'No way.', retryInMs: 1_500 },
      { line: 'state', state: 'picture', reason: 'too-old' },
    ]);
    expect(out.join('')).not.toMatch(/Ines|ines@/);
    expect(err).toEqual([]);
  });
});
