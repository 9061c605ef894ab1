/** A checker that notices nothing proves nothing: every rule is shown what it is there to find. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../contract/events.ts';
import { fold } from '../../contract/fold.ts';
import { canonicalJson } from '../../gateway/canonical-json.ts';
import { checkHistory } from '../support/fault-bench/check-history.ts';
import type { Fact, Recorded } from '../support/fault-bench/history.ts';
import { created, noted } from '../support/scripted-gateway/drafts.ts';
import type { Draft } from '../support/scripted-gateway/scripted-gateway.ts';

const EPOCH = 'epoch';
const STALE_MS = 100;

function event(seq: number, draft: Draft): Event {
  const at = { occurred: null, sent: null, received: 1 };
  return { seq, id: randomUUID(), epoch: EPOCH, store: 'main', source: 'shop', at, ...draft };
}

const log = [event(1, created('a')), event(2, noted('a', 'x')), event(3, created('b')), event(4, noted('b', 'y'))];
const [first, second, third, fourth] = log as [Event, Event, Event, Event];
const opened: Fact = { type: 'log', how: 'opened', epoch: EPOCH, events: [] };
const live: Fact = { type: 'state', current: true, connection: { state: 'live', since: 1 } };
const subscribed: Fact = { type: 'subscribed', session: 's', epoch: EPOCH, after: 0, head: 0 };

function committed(...events: Event[]): Fact {
  return { type: 'committed', events };
}

function emitted(events: readonly Event[], bytes = 100): Fact {
  return { type: 'emitted', session: 's', epoch: EPOCH, bytes, events: events.map(({ seq, id }) => ({ seq, id })) };
}

/** The order after these of its events. */
function painted(events: readonly Event[], more: Partial<Extract<Fact, { type: 'painted' }>> = {}): Fact {
  const order = events.reduce<ReturnType<typeof fold>>((held, each) => fold(held, each), undefined)!;
  const orders = [{ id: order.id, updatedSeq: order.updatedSeq, body: canonicalJson(order) }];
  const base = { reset: false, complete: true, seq: order.updatedSeq, removed: [], journal: null };
  return { type: 'painted', orders, ...base, ...more };
}

/** Verdicts of the first order, and the reorg of its payment. */
function verdict(seq: number, to: 'release' | 'hold'): Event {
  return event(seq, { kind: 'verdict.changed', order: 'a', data: { verdict: to, rule: 'by test' } });
}
const released = verdict(2, 'release');
const reorged = event(2, {
  kind: 'payment.reorged',
  order: 'a',
  data: { paymentId: 'p', fromBlock: { number: 1, hash: '0x1' } },
});
const held = [verdict(3, 'hold')];
const again = [noted('a', '1'), noted('a', '2'), noted('a', '3')].map((draft, n) => event(4 + n, draft));
again.push(verdict(7, 'release'));
const stands: Fact = { type: 'chain', order: 'a', stands: true };
const gone: Fact = { type: 'chain', order: 'a', stands: false };

/** Facts ten milliseconds apart, and what is found in them. */
function found(...facts: Fact[]): string[] {
  return checkHistory(
    facts.map((fact, n): Recorded => ({ ...fact, t: n * 10 })),
    STALE_MS,
  ).map(({ text }) => text);
}

test('a history in which all is as it should be', () => {
  const sent: Fact = { type: 'sent', delivery: `${randomUUID()}-created`, order: 'a', answer: 200 };
  const good = [
    opened,
    subscribed,
    live,
    committed(first, second),
    sent,
    emitted([first, second]),
    painted([first, second], { journal: { epoch: EPOCH, seq: 2 } }),
    { type: 'confirming', seq: 2, journal: { epoch: EPOCH, seq: 2 } },
    { type: 'confirmed', session: 's', seq: 2 },
    { type: 'moments', seqs: [1, 2] },
    { type: 'log', how: 'opened', epoch: EPOCH, events: [first, second] },
  ] as const;
  expect(found(...good)).toEqual([]);
});

describe('what is found', () => {
  test.each<[string, RegExp, Fact[]]>([
    ['a hole in the log', /DL1.*has 3 after 1/, [opened, committed(first), committed(third)]],
    [
      'an event lost by a restart',
      /DL1.*event 2 was committed and is not there/,
      [opened, committed(first, second), { type: 'log', how: 'opened', epoch: EPOCH, events: [first] }],
    ],
    ['an event sent before it is durable', /DL1.*sent before it was committed/, [opened, subscribed, emitted([first])]],
    [
      'a hole between replay and live',
      /DL5.*3 was sent where 2 was due/,
      [opened, subscribed, committed(first, second, third), emitted([first, third])],
    ],
    [
      'an overlap between replay and live',
      /DL5.*1 was sent where 2 was due/,
      [opened, subscribed, committed(first), emitted([first]), emitted([first])],
    ],
    [
      'a window without bounds',
      /DL6.*bytes were under way/,
      [opened, subscribed, committed(first, second), emitted([first, second], 100_000)],
    ],
    [
      'a confirmation of what is not journalled',
      /DL3.*2 was confirmed, and the journal is at 1/,
      [opened, { type: 'confirming', seq: 2, journal: { epoch: EPOCH, seq: 1 } }],
    ],
    [
      'a screen ahead of the journal',
      /DL3.*2 was painted, and the journal is at 1/,
      [opened, committed(first, second), painted([first, second], { journal: { epoch: EPOCH, seq: 1 } })],
    ],
    [
      'an order as it never was',
      /DL10.*painted as it never was, at 2/,
      [opened, committed(first, second), painted([first, { ...second, data: { text: 'never said' } }])],
    ],
    [
      'an order that skips one of its events',
      /DL10.*painted as it never was, at 4/,
      [opened, committed(first, second, third, event(4, noted('a', 'z'))), painted([first, event(4, noted('a', 'z'))])],
    ],
    [
      'an order that goes back',
      /DL2.*went back from 2 to 1/,
      [opened, committed(first, second), painted([first, second]), painted([first])],
    ],
    ['a moment twice', /FR3.*moment 1 came after 1/, [{ type: 'moments', seqs: [1, 1] }]],
    [
      'a screen that says it is current, and is not',
      /FR2.*lacks 4 of b/,
      [opened, live, committed(first, second, third, fourth), ...quiet(12)].map((fact) =>
        fact.type === 'committed' ? committed({ ...fourth, seq: 4 }) : fact,
      ),
    ],
    [
      'a webhook answered and lost',
      /DL1.*"captured" of a was answered with 200 and is not in the log/,
      [opened, { type: 'sent', delivery: `${randomUUID()}-captured`, order: 'a', answer: 200 }],
    ],
    [
      'a webhook taken twice',
      /DL1.*a order\.created is in the log 2 times/,
      [opened, committed(first, { ...first, seq: 2, id: randomUUID() })],
    ],
    [
      'a desk that gives up',
      /CN4.*gave up: unauthorized/,
      [{ type: 'state', current: false, connection: { state: 'refused', code: 'unauthorized' } }],
    ],
    [
      'a desk that is two',
      /CN1.*stood back from itself/,
      [
        {
          type: 'state',
          current: false,
          connection: { state: 'waiting', retryAt: 1, attempt: 1, reason: 'superseded' },
        },
      ],
    ],
    [
      'a past that is in the future',
      /CK3.*5000 ms in the future/,
      [{ type: 'state', current: true, connection: { state: 'live', since: 1 }, aheadMs: 5_000 }],
    ],
    ['two sockets at once', /CN1.*held 2 sockets/, [{ type: 'socket', open: 2, id: 2 }]],
    [
      'a connection that outlives its day',
      /CN8.*lived for 40 ms/,
      [{ type: 'day', mostMs: 30 }, { type: 'socket', open: 1, id: 1 }, ...quiet(4)],
    ],
    [
      'goods released on money that never was',
      /DG4.*never was/,
      [{ type: 'chain', order: 'a', stands: false }, committed(first, released), painted([first, released])],
    ],
    [
      'goods still released after a reorg, for long',
      /DG4.*shown released \d+ ms after its money went/,
      [live, stands, committed(first, released), painted([first, released]), gone, ...quiet(25)],
    ],
    [
      'goods released anew on what a reorg took',
      /DG4.*its money was lost at 2/,
      [stands, committed(first, reorged, ...held), gone, painted([first, reorged, ...held, ...again])],
    ],
    [
      'a finding that did not come',
      /DG1.*has the finding: nothing/,
      [{ type: 'expected', order: 'a', what: 'has the finding', met: false, instead: 'nothing' }],
    ],
    ['a ticket good twice', /AU2.*accepted 2 times/, [{ type: 'replayed', statuses: [200, 200] }]],
  ])('%s', (_, expected, facts) => {
    expect(found(...facts)).toContainEqual(expect.stringMatching(expected));
  });

  test('nobody is deceived by a screen that says it is not current, or that sleeps', () => {
    const gone: Fact = { type: 'state', current: false, connection: { state: 'offline', since: 1 } };
    expect(found(opened, live, committed(first), gone, ...quiet(20), painted([first]), live)).toEqual([]);
    expect(found(opened, live, committed(first), { type: 'asleep' }, ...quiet(20))).toEqual([]);
  });
});

describe('[CM1][CM2][CM3] of commands', () => {
  const id = randomUUID();
  const told = (state: 'pending' | 'unknown' | 'done' | 'failed'): Fact => ({
    type: 'commands',
    commands: [{ id, name: 'note', state }],
  });
  const given: Fact = { type: 'answered', id, name: 'note', state: 'unknown' };
  const effect = { ...second, command: id };
  const end: Fact = { type: 'quiet' };

  test('all is well when what was in doubt is settled as it was', () => {
    expect(found(opened, given, told('unknown'), committed(first, effect), told('done'), end)).toEqual([]);
    expect(found(opened, given, told('unknown'), told('failed'), end)).toEqual([]);
  });

  test.each<[string, RegExp, Fact[]]>([
    ['two effects', /CM1.*had 2 effects/, [committed(first, effect, { ...third, command: id })]],
    ['one that is forgotten', /CM1.*is forgotten/, [given, end]],
    ['one that stays in doubt', /CM2.*is unknown after all/, [given, told('unknown'), end]],
    ['done without an effect', /CM3.*had no effect/, [told('done')]],
    ['failed with one', /CM3.*shown failed, and was done/, [committed(first, effect), told('failed'), end]],
    [
      'a change of mind',
      /CM3.*was shown failed and then done/,
      [told('failed'), committed(first, effect), told('done')],
    ],
  ])('what is found: %s', (_, expected, facts) => {
    expect(found(opened, ...facts)).toContainEqual(expect.stringMatching(expected));
  });

  test('a desk whose journal was destroyed may forget, and a log that was taken back may take an effect with it', () => {
    const lost: Fact = { type: 'fault', number: 26, phase: 'begins', detail: '' };
    const back: Fact = { type: 'log', how: 'taken-back', epoch: EPOCH, events: [first] };
    expect(found(opened, lost, given, end)).toEqual([]);
    expect(found(opened, committed(first, effect), told('done'), back, end)).toEqual([]);
  });
});

describe('[CN1] of pages', () => {
  const fault = (number: number, phase: 'begins' | 'ends'): Fact => ({ type: 'fault', number, phase, detail: '' });
  const about: [string, RegExp, Fact[]][] = [
    ['a page that costs a connection', /CN1.*connected anew/, [live, fault(28, 'begins'), subscribed]],
    ['a page that never comes back', /DL10.*never showed/, [{ type: 'page', what: 'back', ms: null }]],
    ['a page that takes its time', /CN1.*3500 ms to be back/, [{ type: 'page', what: 'back', ms: 3_500 }]],
    ['a second desk', /CN1.*did not share/, [{ type: 'second-instance', status: null, shares: false }]],
  ];
  test.each(about)('what is found: %s', (_, expected, facts) => {
    expect(found(opened, ...facts)).toContainEqual(expect.stringMatching(expected));
  });

  test('a connection that another fault took may come back meanwhile', () => {
    expect(found(opened, live, fault(2, 'begins'), fault(28, 'begins'), subscribed)).toEqual([]);
  });
});

describe('[CN8][CN12] of connections made anew', () => {
  const hour: Fact = { type: 'hour', smooth: true };
  const gone: Fact = { type: 'state', current: false, connection: { state: 'offline', since: 1 } };

  test.each<[string, RegExp, Fact[]]>([
    ['an hour without a replacement', /CN8.*was not replaced/, [live, hour]],
    ['one that breaks before it makes', /CN8.*stopped being live/, [live, hour, gone, subscribed]],
    ['one that takes its time', /CN8.*was replaced 2010 ms after/, [live, hour, ...quiet(200), subscribed]],
    ['a gateway that is not trusted', /CN12.*without trust/, [{ type: 'distrusted' }, subscribed]],
  ])('what is found: %s', (_, expected, facts) => {
    expect(found(opened, ...facts)).toContainEqual(expect.stringMatching(expected));
  });

  test('a replacement in time, and a gateway that is trusted again, are as they should be', () => {
    expect(found(opened, live, hour, subscribed)).toEqual([]);
    expect(found(opened, { type: 'distrusted' }, { type: 'trusted' }, subscribed)).toEqual([]);
  });
});

function quiet(facts: number): Fact[] {
  return Array.from({ length: facts }, () => ({ type: 'moments', seqs: [] }));
}
