import { describe, expect, test } from 'vitest';
import type { NextStep } from '../../../../../main/desk/connection/classify.ts';
import { publicState } from '../../../../../main/desk/connection/link.ts';
import type { Link } from '../../../../../main/desk/connection/link.ts';
import { deadline, transition } from '../../../../../main/desk/connection/transition.ts';
import type { Effect, Moment } from '../../../../../main/desk/connection/steps.ts';
import type { LinkEvent } from '../../../../../main/desk/connection/transition-events.ts';
import { timing } from '../../../../../main/desk/timing.ts';

const NOW = 1_000_000_000;
const times = timing();
const moment: Moment = { now: NOW, random: 0.5, fresh: 9, loopback: false, timing: times };

const unpaired: Link = { state: 'unpaired' };
const closed: Link = { state: 'closed' };
const suspended: Link = { state: 'suspended' };
const offline: Link = { state: 'offline', since: 5 };
const refused: Link = { state: 'refused', code: 'revoked' };
const bySocket = { way: 'socket', httpSince: null } as const;
const waiting: Link = { state: 'waiting', retryAt: NOW + 500, tries: 3, reason: 'unreachable', ...bySocket };
const connecting: Link = { state: 'connecting', attempt: 1, tries: 3, renewed: false, answered: false, ...bySocket };
const renewed: Link = { ...connecting, renewed: true };
const catching: Link = {
  state: 'catching-up',
  attempt: 1,
  tries: 3,
  connectedAt: NOW - 1_000,
  behind: null,
  ...bySocket,
};
const live: Link = {
  ...{ state: 'live', attempt: 1, tries: 3, connectedAt: NOW - 60_000, since: NOW - 59_000 },
  ...{ refreshAt: NOW + 3_540_000, next: null, nextSince: null, handedOverAt: null },
  ...{ way: 'socket', probeMs: 30_000 },
};
const fresh: Link = { ...live, connectedAt: NOW - 10_000 };
const replacing: Link = { ...live, refreshAt: NOW, next: 2 };
const handedOver: Link = { ...replacing, handedOverAt: NOW - 100 };
const gaveUp: Link = { ...live, refreshAt: NOW + 300_000, gaveUpAt: NOW };
const again: Link = { state: 'connecting', attempt: 9, tries: 3, renewed: false, answered: false, ...bySocket };
const anew: Link = { ...again, tries: 0 };
const handed: Link = { ...anew, attempt: 2, answered: true };

const answered: Link = { ...connecting, answered: true, httpSince: NOW - 19_000 };
const barred: Link = { ...waiting, retryAt: NOW + 9_000, httpSince: NOW - 19_000 };
const polling: Link = { ...connecting, way: 'long-poll' };
const fallback: Link = { ...live, way: 'long-poll', refreshAt: NOW + 5_000 };
const probing: Link = { ...fallback, refreshAt: NOW, next: 2 };
const proven: Link = { ...probing, nextSince: NOW - 10_000 };
const back: Link = { ...live, attempt: 2, tries: 0, connectedAt: NOW, since: NOW, refreshAt: NOW + 3_600_000 };

const open = (attempt: number): Effect => ({ effect: 'open', attempt, way: 'socket' });
const poll = (attempt: number): Effect => ({ effect: 'open', attempt, way: 'long-poll' });
const drop = (attempt: number): Effect => ({ effect: 'drop', attempt });
const failed = (next: NextStep, attempt = 1): LinkEvent => ({ type: 'failed', attempt, next });
const retry = (more: object = {}): NextStep => ({ step: 'retry', reason: 'unreachable', ...more });
const on = (type: 'answered' | 'connected' | 'caught-up', attempt = 1): LinkEvent => ({ type, attempt });
const behind = (n: number | null, attempt = 1): LinkEvent => ({ type: 'behind', attempt, behind: n });
const wait = (tries: number, ms: number, reason = 'unreachable', more: object = {}): object => ({
  ...{ state: 'waiting', tries, reason, retryAt: NOW + ms, ...bySocket, ...more },
});

type Row = readonly [what: string, from: Link, event: LinkEvent, to: object, effects: readonly Effect[]];

const table: readonly Row[] = [
  ['pairing connects', unpaired, { type: 'paired' }, anew, [open(9)]],
  ['a new pairing replaces what lives', live, { type: 'paired' }, again, [drop(1), open(9)]],
  ['forgetting drops', live, { type: 'unpaired' }, unpaired, [drop(1)]],
  ['closing drops all', replacing, { type: 'close' }, closed, [drop(1), drop(2)]],
  ['closed is the end', closed, { type: 'paired' }, closed, []],
  ['a due retry connects', waiting, { type: 'due' }, again, [open(9)]],
  ['"Try now" connects at once', waiting, { type: 'retry' }, again, [open(9)]],
  ['"Try now" mends a refusal', refused, { type: 'retry' }, anew, [open(9)]],
  ['"Try now" replaces a try that hangs', connecting, { type: 'retry' }, again, [drop(1), open(9)]],
  ['"Try now" leaves a living connection alone', live, { type: 'retry' }, live, []],
  ['nobody but a person mends a refusal', refused, { type: 'resume' }, refused, []],
  ['nor does the network', refused, { type: 'online' }, refused, []],
  ['nor a pairing that is none', unpaired, { type: 'retry' }, unpaired, []],
  ['sleep drops', live, { type: 'suspend' }, suspended, [drop(1)]],
  ['sleep leaves a refusal', refused, { type: 'suspend' }, refused, []],
  ['waking connects', suspended, { type: 'resume' }, anew, [open(9)]],
  ['a jump of the clock wakes too', suspended, { type: 'clock-jump' }, anew, [open(9)]],
  ['a jump drops what claims to live', live, { type: 'clock-jump' }, again, [drop(1), open(9)]],
  ['a jump leaves a refusal', refused, { type: 'clock-jump' }, refused, []],
  ['[CN12] another way drops what lives by the old one', live, { type: 'route-changed' }, again, [drop(1), open(9)]],
  ['[CN12] another way ends the waiting', waiting, { type: 'route-changed' }, again, [open(9)]],
  ['[CN12] another way may lead out', offline, { type: 'route-changed' }, anew, [open(9)]],
  ['[CN12] another way mends no refusal', refused, { type: 'route-changed' }, refused, []],
  ['[CN12] another way wakes nobody', suspended, { type: 'route-changed' }, suspended, []],
  ['no network, no tries', waiting, { type: 'offline' }, { state: 'offline', since: NOW }, []],
  ['the hint does not end what lives', live, { type: 'offline' }, live, []],
  ['the hint is believed for a while only', offline, { type: 'due' }, anew, [open(9)]],
  ['the network is back', offline, { type: 'online' }, anew, [open(9)]],
  ['a socket is not yet the picture', connecting, on('connected'), { ...catching, connectedAt: NOW }, []],
  ['how far behind', catching, behind(7), { ...catching, behind: 7 }, []],
  [
    'caught up is live',
    catching,
    on('caught-up'),
    { ...live, connectedAt: NOW - 1_000, since: NOW, refreshAt: NOW - 1_000 + 3_600_000 },
    [],
  ],
  ['a gap is not live', live, behind(1), { ...catching, connectedAt: NOW - 60_000, behind: 1 }, []],
  [
    'a gap ends a replacement',
    replacing,
    behind(1),
    { ...catching, connectedAt: NOW - 60_000, behind: 1, gaveUpAt: NOW },
    [drop(2)],
  ],
  ['the replacement’s own gap is its own', replacing, behind(5, 2), replacing, []],
  ['a late callback is ignored', live, failed(retry(), 7), live, []],
  ['a late success too', waiting, on('caught-up', 1), waiting, []],
  ['first retry after a stable connection', live, failed(retry()), wait(0, 1_100), [drop(1)]],
  ['later retry after an unstable one', fresh, failed(retry()), wait(4, 1_000 + 8_000), [drop(1)]],
  ['retry of a failed try', connecting, failed(retry()), wait(4, 1_000 + 8_000), [drop(1)]],
  ['an asked wait is obeyed', connecting, failed(retry({ retryAfterMs: 20_000 })), wait(4, 20_500), [drop(1)]],
  ['one fresh ticket at once', connecting, failed({ step: 'renew' }), { ...again, renewed: true }, [drop(1), open(9)]],
  ['not a second one', renewed, failed({ step: 'renew' }), wait(4, 9_000, 'ticket'), [drop(1)]],
  ['a refusal stays', connecting, failed({ step: 'refuse', code: 'revoked' }), refused, [drop(1)]],
  ['draining spreads', live, failed({ step: 'drain' }), wait(0, 2_500, 'draining'), [drop(1)]],
  [
    'draining not before asked',
    live,
    failed({ step: 'drain', retryAfterMs: 3_000 }),
    wait(0, 4_000, 'draining'),
    [drop(1)],
  ],
  ['superseded stands back', live, failed({ step: 'stand-back' }), wait(0, 300_000, 'superseded'), [drop(1)]],
  ['the hour is over', live, { type: 'due' }, { ...replacing, next: 9 }, [open(9)]],
  ['the replacement connects unseen', replacing, on('connected', 2), replacing, []],
  [
    'the replacement takes over',
    replacing,
    on('caught-up', 2),
    { ...live, attempt: 2, tries: 0, connectedAt: NOW, refreshAt: NOW + 3_600_000 },
    [drop(1)],
  ],
  ['the replacement fails', replacing, failed(retry(), 2), gaveUp, [drop(2)]],
  ['what it had taken over is taken back', gaveUp, failed({ step: 'stand-back' }), again, [drop(1), open(9)]],
  [
    'also while catching up',
    { ...catching, gaveUpAt: NOW - 29_000 },
    failed({ step: 'stand-back' }),
    again,
    [drop(1), open(9)],
  ],
  [
    'but long after it somebody else speaks for this desk',
    { ...gaveUp, gaveUpAt: NOW - 31_000 },
    failed({ step: 'stand-back' }),
    wait(0, 300_000, 'superseded'),
    [drop(1)],
  ],
  [
    'the replacement is refused',
    replacing,
    failed({ step: 'refuse', code: 'revoked' }, 2),
    refused,
    [drop(1), drop(2)],
  ],
  ['the replacement takes too long', replacing, { type: 'due' }, gaveUp, [drop(2)]],
  ['the old one dies first', replacing, failed(retry()), handed, [drop(1)]],
  ['the gateway hands over', replacing, failed({ step: 'stand-back' }), { ...replacing, handedOverAt: NOW }, []],
  ['then the old one may close', handedOver, failed(retry()), handedOver, []],
  ['but the new one must catch up soon', handedOver, { type: 'due' }, handed, [drop(1)]],
  ['and must not fail', handedOver, failed(retry(), 2), again, [drop(1), drop(2), open(9)]],
  [
    'no connection outlives a day',
    { ...live, connectedAt: NOW - 86_400_000 },
    { type: 'due' },
    again,
    [drop(1), open(9)],
  ],
];

const polls = { way: 'long-poll' } as const;
const fallbackTable: readonly Row[] = [
  ['HTTP answers', connecting, on('answered'), { ...connecting, answered: true, httpSince: NOW }, []],
  ['it is remembered since when', { ...answered, answered: false }, on('answered'), answered, []],
  [
    'a try that HTTP answered leaves that',
    answered,
    failed(retry()),
    wait(4, 9_000, 'unreachable', { httpSince: NOW - 19_000 }),
    [drop(1)],
  ],
  [
    'one that it did not answer forgets it',
    { ...answered, answered: false },
    failed(retry()),
    wait(4, 9_000),
    [drop(1)],
  ],
  [
    'a gateway that asks for patience is reached',
    answered,
    failed(retry({ retryAfterMs: 20_000 })),
    wait(4, 20_500),
    [drop(1)],
  ],
  ['so is one that drains', answered, failed({ step: 'drain' }), wait(4, 2_500, 'draining'), [drop(1)]],
  [
    'the next try goes on counting',
    { ...barred, retryAt: NOW },
    { type: 'due' },
    { ...again, httpSince: NOW - 19_000 },
    [open(9)],
  ],
  ['a try a person asks for does not', barred, { type: 'retry' }, again, [open(9)]],
  [
    'a socket that catches up keeps its chance',
    answered,
    on('connected'),
    { ...catching, connectedAt: NOW, httpSince: NOW - 19_000 },
    [],
  ],
  [
    'one that is live needs no other way',
    { ...catching, httpSince: NOW - 19_000 },
    on('caught-up'),
    { ...live, connectedAt: NOW - 1_000, since: NOW, refreshAt: NOW + 3_599_000 },
    [],
  ],
  [
    '20 s: polls take over from waiting',
    { ...barred, httpSince: NOW - 20_000 },
    { type: 'due' },
    { ...again, ...polls },
    [poll(9)],
  ],
  [
    'and from a socket that hangs',
    { ...answered, httpSince: NOW - 20_000 },
    { type: 'due' },
    { ...again, ...polls },
    [drop(1), poll(9)],
  ],
  [
    'not from one that HTTP has not answered',
    { ...answered, answered: false, httpSince: NOW - 20_000 },
    { type: 'due' },
    { ...answered, answered: false, httpSince: NOW - 20_000 },
    [],
  ],
  ['polls that fail leave the next try to the socket', polling, failed(retry()), wait(4, 9_000), [drop(1)]],
  [
    'polls that catch up are current',
    { ...catching, ...polls },
    on('caught-up'),
    { ...fallback, connectedAt: NOW - 1_000, since: NOW, refreshAt: NOW + 30_000 },
    [],
  ],
  [
    'polls that carried the desk are tried again',
    fallback,
    failed(retry()),
    wait(0, 1_100, 'unreachable', polls),
    [drop(1)],
  ],
  ['by polls', { ...waiting, ...polls }, { type: 'due' }, { ...again, ...polls }, [poll(9)]],
  ['after a sleep too', fallback, { type: 'clock-jump' }, { ...again, ...polls }, [drop(1), poll(9)]],
  [
    'a gap by polls is not current',
    fallback,
    behind(1),
    { ...catching, ...polls, connectedAt: NOW - 60_000, behind: 1 },
    [],
  ],
  ['a probe is due', fallback, { type: 'due' }, { ...probing, next: 9 }, [open(9)]],
  ['a person asks for one', fallback, { type: 'retry' }, { ...probing, next: 9 }, [open(9)]],
  ['one at a time', probing, { type: 'retry' }, probing, []],
  ['a probe that is live is not trusted yet', probing, on('caught-up', 2), { ...probing, nextSince: NOW }, []],
  ['it is counted from the first moment', proven, on('caught-up', 2), proven, []],
  ['one that falls behind begins again', proven, behind(3, 2), { ...probing, refreshAt: NOW }, []],
  ['stable for 10 s: back to the socket', proven, { type: 'due' }, back, [drop(1)]],
  [
    'a probe that fails is repeated later',
    probing,
    failed(retry(), 2),
    { ...fallback, probeMs: 60_000, refreshAt: NOW + 60_000 },
    [drop(2)],
  ],
  [
    'at most every 5 min',
    { ...probing, probeMs: 240_000 },
    failed(retry(), 2),
    { ...fallback, probeMs: 300_000, refreshAt: NOW + 300_000 },
    [drop(2)],
  ],
  [
    'a live probe that fails too',
    proven,
    failed(retry(), 2),
    { ...fallback, probeMs: 60_000, refreshAt: NOW + 60_000 },
    [drop(2)],
  ],
  [
    'one that hangs is given up',
    probing,
    { type: 'due' },
    { ...fallback, probeMs: 60_000, refreshAt: NOW + 60_000 },
    [drop(2)],
  ],
  ['a probe that is refused', probing, failed({ step: 'refuse', code: 'revoked' }, 2), refused, [drop(1), drop(2)]],
  ['polls that die with a probe under way', probing, failed(retry()), handed, [drop(1)]],
  ['with one that is live', proven, failed(retry()), back, [drop(1)]],
  ['polls that fall behind a live probe', proven, behind(4), back, [drop(1)]],
  [
    'polls may outlive a day',
    { ...fallback, connectedAt: NOW - 90_000_000 },
    { type: 'due' },
    { ...probing, connectedAt: NOW - 90_000_000, next: 9 },
    [open(9)],
  ],
];

/** A wall clock that nobody sets. */
const asItIs = (moment: number): number => moment;

describe('[CN9] the way around', () => {
  test.each(fallbackTable)('%s', (_what, from, event, to, effects) => {
    const step = transition(from, event, moment);
    expect(step.link).toEqual(to);
    expect(step.effects).toEqual(effects);
  });

  test.each([
    ['while waiting, sooner than the retry', { ...barred, retryAt: NOW + 9_000 }, NOW + 1_000],
    ['while waiting, but not later', { ...barred, retryAt: NOW + 500 }, NOW + 500],
    ['while a socket hangs', answered, NOW + 1_000],
    ['never while HTTP is silent', { ...answered, answered: false }, null],
    ['the next probe', fallback, NOW + 5_000],
    ['the end of one that hangs', probing, NOW + 60_000],
    ['the moment it is trusted', proven, NOW],
  ] as const)('is looked at in time: %s', (_what, link, at) => expect(deadline(link, times)).toBe(at));

  test('the screen learns which way it is', () => {
    expect(publicState(probing, asItIs)).toEqual({ state: 'fallback', since: NOW - 59_000 });
  });
});

describe('[CN2] transitions', () => {
  test.each(table)('%s', (_what, from, event, to, effects) => {
    const step = transition(from, event, moment);
    expect(step.link).toEqual(to);
    expect(step.effects).toEqual(effects);
  });

  test('[CN6] no state reacts to an attempt that is not its own', () => {
    const all = [unpaired, closed, suspended, offline, refused, waiting, connecting, catching, live, replacing];
    const strangers: LinkEvent[] = [on('connected', 77), on('caught-up', 77), behind(3, 77), failed(retry(), 77)];
    for (const link of all) {
      for (const event of strangers) expect(transition(link, event, moment)).toEqual({ link, effects: [] });
    }
  });

  test('the state and event given are left as they were', () => {
    const frozen = Object.freeze({ ...live });
    transition(frozen, Object.freeze(failed(retry())), Object.freeze({ ...moment }));
    expect(frozen).toEqual(live);
  });

  test('[CN3] towards this machine no wait is longer than 2 s', () => {
    for (const random of [0, 0.5, 0.999]) {
      for (const tries of [0, 1, 2, 50]) {
        const { link } = transition({ ...connecting, tries }, failed(retry()), { ...moment, random, loopback: true });
        expect(link.state === 'waiting' && link.retryAt - NOW).toBeLessThanOrEqual(2_000);
      }
    }
  });
});

describe('deadline', () => {
  test.each([
    ['a retry', waiting, NOW + 500],
    ['a refresh', live, NOW + 3_540_000],
    ['the end of a refresh', replacing, NOW + 60_000],
    ['the end of a hand-over', handedOver, NOW - 100 + 1_000],
    ['the end of the day', { ...live, connectedAt: NOW - 86_000_000, refreshAt: NOW + 900_000 }, NOW + 400_000],
    ['a look whether there is a network after all', offline, 5 + 30_000],
    ['nothing while connecting', connecting, null],
    ['nothing when refused', refused, null],
  ] as const)('%s', (_what, link, at) => expect(deadline(link, times)).toBe(at));
});

test('[CN2] what the screen learns has only what each state needs', () => {
  expect(publicState(waiting, asItIs)).toEqual({
    state: 'waiting',
    retryAt: NOW + 500,
    attempt: 3,
    reason: 'unreachable',
  });
  expect(publicState(connecting, asItIs)).toEqual({ state: 'connecting', attempt: 3 });
  expect(publicState(catching, asItIs)).toEqual({ state: 'catching-up', behind: null });
  expect(publicState(replacing, asItIs)).toEqual({ state: 'live', since: NOW - 59_000 });
});
