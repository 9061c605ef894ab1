import { describe, expect, test } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { matching } from '../../../client/matching.ts';
import { WaitTimeout } from '../../../client/wait-timeout.ts';

function event(seq: number, changes: Partial<Event> = {}): Event {
  return {
    ...{ seq, id: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`, epoch: 'e', store: 'main', order: 'o1' },
    ...{ kind: 'payment.settled', source: 'cdc', at: { occurred: null, sent: null, received: seq } },
    data: { paymentId: 'p1', block: { number: 7, hash: '0xab' }, tags: ['a', 'b'] },
    ...changes,
  };
}

const missed = (pattern: Parameters<typeof matching>[0], changes: Partial<Event> = {}) =>
  matching(pattern).misses(event(1, changes));

describe('a pattern', () => {
  test.each<[string, Parameters<typeof matching>[0], string[]]>([
    ['nothing', {}, []],
    ['its kind', { kind: 'payment.settled' }, []],
    ['one of several kinds', { kind: ['order.created', 'payment.settled'] }, []],
    ['an order', { order: { id: 'o1' } }, []],
    ['an order’s id', { order: 'o1' }, []],
    ['parts of its data', { data: { block: { number: 7 } } }, []],
    ['a whole array', { data: { tags: ['a', 'b'] } }, []],
    ['a condition', { where: ({ seq }) => seq === 1 }, []],
    ['another kind', { kind: 'order.created', order: 'o1' }, ['kind']],
    ['no kind at all', { kind: [] }, ['kind']],
    ['another order and store', { order: 'o2', store: 'other' }, ['order', 'store']],
    ['another source and command', { source: 'shop', command: 'c' }, ['source', 'command']],
    ['other data', { data: { block: { number: 8 } } }, ['data']],
    ['data that is not there', { data: { constructor: Object } }, ['data']],
    ['a shorter array', { data: { tags: ['a'] } }, ['data']],
    ['data that is nested where there is none', { data: { paymentId: { a: 1 } } }, ['data']],
  ])('that wants %s', (_what, pattern, misses) => expect(missed(pattern)).toEqual(misses));

  test('says in words what it wants', () => {
    expect(matching({}).describe).toBe('any event');
    const late = ({ seq }: Event) => seq > 9;
    const pattern = matching({ kind: ['a', 'b'], order: { id: 'o1' }, data: { n: 1 }, where: late });
    expect(pattern.describe).toBe('kind a or b, order o1, data {"n":1}, where late');
  });
});

describe('a wait in vain', () => {
  const of = (seen: readonly Event[]) => new WaitTimeout(matching({ kind: 'x', order: 'o1' }), 50, seen).message;

  test('says what was waited for, what came, and what came nearest', () => {
    const message = of([
      event(1, { order: 'o2' }),
      event(2),
      event(3, { order: null, kind: 'source.state', data: {} }),
    ]);
    expect(message).toBe(
      [
        'No event came within 50 ms: kind x, order o1.',
        'What did come (3):',
        '  #1 payment.settled main/o2 {"paymentId":"p1","block":{"number":7,"hash":"0xab"},"tags":["a","b"]}',
        '  #2 payment.settled main/o1 {"paymentId":"p1","block":{"number":7,"hash":"0xab"},"tags":["a","b"]}',
        '  #3 source.state main/- {}',
        'Nearest: #2 but for its kind.',
      ].join('\n'),
    );
  });

  test('says so where nothing came, and is short where much did', () => {
    expect(of([])).toContain('No event came at all. Is the store subscribed');
    const many = Array.from({ length: 40 }, (_, n) => event(n + 1, { order: 'o2', data: { text: 'x'.repeat(500) } }));
    expect(of(many)).toContain('… and 28 before these');
    expect(of(many)).not.toContain('Nearest');
    expect(of(many).length).toBeLessThan(2_500);
  });

  test('[AU4] names no customer', () => {
    const customer = { name: 'Ines Ferreira', email: 'ines@example.com' };
    expect(of([event(1, { data: { order: { reference: 'A', customer } } })])).not.toMatch(/Ines|ines@/);
  });
});
