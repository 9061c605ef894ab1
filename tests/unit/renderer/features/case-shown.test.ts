import { describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../../../contract/events.ts';
import { eventKinds } from '../../../../contract/events.ts';
import { durationWords } from '../../../../renderer/features/case/duration-words.ts';
import { eventWords } from '../../../../renderer/features/case/event-words.ts';
import { findingTitle } from '../../../../renderer/features/case/finding-title.ts';
import { latencyTrail } from '../../../../renderer/features/case/latency-trail.ts';
import { prettyBody } from '../../../../renderer/features/case/pretty-body.ts';
import { momentWords } from '../../../../renderer/features/shell/moment-words.ts';
import { english } from '../../../../renderer/strings/english.ts';
import { createFormat } from '../../../../renderer/strings/format.ts';
import { createWords } from '../../../../renderer/strings/translate.ts';

const words = { ...createWords('en', english), format: createFormat('en-US') };
const event = (kind: string, data: EventEnvelope['data']): EventEnvelope => ({
  ...{ seq: 1, id: '00000000-0000-4000-8000-000000000001', epoch: 'e', store: 'main', order: 'o', source: 's' },
  ...{ kind, data, at: { occurred: 1000, sent: null, received: 1340 } },
});
const said = (kind: string, data: EventEnvelope['data']) => words.tell(eventWords(event(kind, data), words));

describe('[FR5] latency trail', () => {
  it('measures each known step from the last known one, and leaves out what nobody said', () => {
    const trail = latencyTrail({
      at: { occurred: 1000, sent: null, received: 1340 },
      emittedAt: 1346,
      arrivedAt: 1340,
    });
    expect(trail.map(({ step, afterMs }) => [step, afterMs])).toEqual([
      ['occurred', null],
      ['sent', null],
      ['received', 340],
      ['emitted', 6],
      ['arrived', -6],
    ]);
    expect(trail.map(({ at }) => at)).toEqual([1000, null, 1340, 1346, 1340]);
  });

  it.each([
    [340, '340 ms'],
    [999.4, '999 ms'],
    [2300, '2.3 s'],
    [-90_000, '1.5 min'],
    [5_400_000, '1.5 h'],
  ])('%d ms reads %s', (ms, text) => {
    expect(words.tell(durationWords(ms))).toBe(text);
  });
});

describe('events in words', () => {
  it('says what the data says', () => {
    const block = { number: 21_480_112, hash: '0xab' };
    expect(said('payment.confirmations', { paymentId: 'p', confirmations: 2, required: 12, block })).toBe(
      '2 of 12 confirmations, block 21,480,112',
    );
    expect(said('refund.requested', { refundId: 'r', amount: '12.5', currency: 'USD' })).toBe(
      'Refund of $12.50 requested',
    );
    expect(said('verdict.changed', { verdict: 'hold', rule: 'x' })).toBe('Verdict is now HOLD');
  });

  it('tells an unknown kind, and a known one that cannot be read, generically', () => {
    expect(said('order.beamed', { x: 1 })).toBe('Event of a kind this version does not know: order.beamed');
    expect(said('payment.confirmations', { confirmations: 'many' })).toBe('More confirmations');
  });

  it.each(eventKinds)('has words for a moment of kind %s', (kind) => {
    expect(words.tell(momentWords(kind))).not.toContain(kind);
  });

  it('reads a finding’s code as words', () => {
    expect(findingTitle('fee-too-low')).toBe('Fee too low');
    expect(findingTitle('')).toBe('');
  });
});

describe('raw body', () => {
  it('is indented without changing a digit beyond 2^53', () => {
    const body = '{"amount":100000000000000000000,"note":"a, {b}: \\"c\\"","list":[1,{}],"none":[]}';
    const pretty = prettyBody(body);
    expect(pretty).toContain('"amount": 100000000000000000000,\n');
    expect(pretty).toContain('"note": "a, {b}: \\"c\\""');
    expect(pretty.split('\n')).toHaveLength(9);
    expect(JSON.parse(pretty)).toEqual(JSON.parse(body));
  });

  it('stays as it came where it is no JSON', () => {
    expect(prettyBody('a=1&b={2}')).toBe('a=1&b={2}');
  });
});
