import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../../contract/ipc.ts';
import type { Language } from '../../../../contract/language.ts';
import type { Order } from '../../../../contract/order.ts';
import { alertsOf } from '../../../../main/electron/alerts.ts';
import type { Alert } from '../../../../main/electron/alerts.ts';
import { shellView } from '../../../../main/electron/shell-view.ts';
import type { ShellView } from '../../../../main/electron/shell-view.ts';
import { shellWordsOf } from '../../../../main/electron/shell-words.ts';
import { ShellWatch } from '../../../../main/electron/shell-watch.ts';
import { deskState } from '../../../support/browser-host/desk-state.ts';
import { FakeDesk } from '../../../support/browser-host/fake-desk.ts';

function order(id: string, verdict: Order['verdict']): Order {
  return {
    id,
    store: 'main',
    reference: `R-${id}`,
    verdict,
    status: 'paid',
    flags: [],
    diagnosis: [],
  } as unknown as Order;
}
function moment(seq: number, changes: Partial<Moment> = {}): Moment {
  return {
    store: 'main',
    seq,
    order: `o${seq}`,
    reference: `R-${seq}`,
    kind: 'payment.detected',
    at: 1,
    missed: false,
    ...changes,
  };
}

const live = { connection: { state: 'live', since: 1 }, current: true } as const;

describe('the worst that is the case', () => {
  it.each([
    [null, 0, 'stale', 'Opening'],
    [live, 0, 'live', 'Live'],
    [live, 1, 'eyes', 'Live · 1 order needs eyes'],
    [live, 3, 'eyes', 'Live · 3 orders need eyes'],
    [{ connection: { state: 'fallback', since: 1 }, current: true }, 0, 'live', 'Live, slower path'],
    [
      { connection: { state: 'waiting', retryAt: 1, attempt: 1, reason: 'timeout' }, current: false },
      2,
      'stale',
      'Not live: waiting for the next try · 2 orders need eyes',
    ],
    [{ connection: { state: 'offline', since: 1 }, current: false }, 0, 'stale', 'Not live: this device is offline'],
    [
      { connection: { state: 'refused', code: 'revoked' }, current: false },
      4,
      'stopped',
      'Refused by the gateway · 4 orders need eyes',
    ],
    [{ connection: { state: 'unpaired' }, current: false }, 0, 'stopped', 'Not paired with a gateway'],
  ] as const)('%j with %d → %s', (state, eyes, level, words) => {
    expect(shellView(state, eyes, said)).toEqual({ level, eyes, words });
  });
});

describe('notifications', () => {
  it('tell new money once, never what was missed or is no money', () => {
    const moments = [moment(1), moment(2, { missed: true }), moment(3, { kind: 'payment.confirmations' })];
    expect(alertsOf({ moments, eyes: [] }, said.alert)).toEqual([
      { title: 'New money', body: 'R-1', order: { store: 'main', order: 'o1' }, sound: 'money' },
    ]);
  });

  it('tell the graver news of an order, and gather what is many', () => {
    expect(alertsOf({ moments: [moment(1)], eyes: [order('o1', 'hold')] }, said.alert)).toEqual([
      { title: 'An order needs eyes', body: 'R-o1', order: { store: 'main', order: 'o1' }, sound: 'trouble' },
    ]);
    const many = alertsOf({ moments: [1, 2, 3, 4].map((seq) => moment(seq)), eyes: [] }, said.alert);
    expect(many).toEqual([
      { title: '4 new payments', body: 'Open Tillwatch to see them.', order: null, sound: 'money' },
    ]);
  });
});

const said = shellWordsOf('en');
let language: Language = 'en';

function watched() {
  const views: ShellView[] = [];
  const alerts: Alert[] = [];
  const desk = new FakeDesk();
  desk.state = deskState({ ...live, stores: [{ id: 'main' } as never] });
  const listener = { onView: (view: ShellView) => views.push(view), onAlert: (alert: Alert) => alerts.push(alert) };
  const watch = new ShellWatch(listener, () => shellWordsOf(language));
  const end = watch.follow(desk);
  const push = (orders: Order[], changes: object = {}) =>
    desk.push({
      name: 'desk.orders',
      payload: { store: 'main', reset: false, complete: true, orders, removed: [], seq: 1, ...changes },
    });
  return { views, alerts, desk, push, end, watch };
}

describe('what the shell follows', () => {
  it('counts orders that need eyes over a picture, changes, removals and stores that go', () => {
    const { views, desk, push } = watched();
    push([order('a', 'hold')], { reset: true, complete: false });
    push([order('b', 'hold'), order('c', 'release')]);
    push([order('a', 'release')]);
    push([], { removed: ['b'] });
    expect(views.map(({ eyes }) => eyes)).toEqual([0, 1, 2, 1, 0]);
    push([order('d', 'hold')]);
    desk.push({ name: 'desk.state', payload: deskState({ stores: [] }) });
    expect(views.at(-1)).toMatchObject({ level: 'stopped', eyes: 0 });
  });

  it('tells of an order that comes to need eyes, not of those a picture brings, nor twice', () => {
    const { alerts, push } = watched();
    push([order('a', 'hold')], { reset: true });
    expect(alerts).toEqual([]);
    push([order('b', 'hold')]);
    push([order('b', 'hold')]);
    expect(alerts.map(({ body }) => body)).toEqual(['R-b']);
    push([order('b', 'hold'), order('c', 'hold')], { reset: true });
    expect(alerts).toHaveLength(1);
  });

  it('says nothing anew while nothing changed, and lets go of the desk', () => {
    const { views, desk, push, end } = watched();
    const before = views.length;
    push([order('a', 'wait')]);
    desk.push({ name: 'desk.state', payload: desk.state });
    expect(views).toHaveLength(before);
    end();
    expect(desk.attached.size).toBe(0);
  });
});

describe('what the shell says in another language', () => {
  it('is told anew when the language changes, and only then', () => {
    const { views, watch } = watched();
    expect(views.at(-1)?.words).toBe('Live');
    const told = views.length;
    watch.show();
    expect(views).toHaveLength(told);
    language = 'zh-CN';
    watch.show();
    language = 'en';
    expect(views.at(-1)?.words).toBe('实时');
  });

  it('has every word of the English one, with the same placeholders', () => {
    const texts = (words: unknown, at: string): [string, string][] => {
      if (typeof words === 'string') return [[at, words]];
      if (typeof words === 'function') return texts((words as (...given: string[]) => unknown)('<1>', '<2>'), at);
      return Object.entries(words as object).flatMap(([key, value]) => texts(value, `${at}.${key}`));
    };
    const [english, chinese] = [texts(shellWordsOf('en'), ''), texts(shellWordsOf('zh-CN'), '')];
    const withoutRoles = chinese.filter(([at]) => !at.startsWith('.menu.roles.'));
    expect(withoutRoles.map(([at]) => at)).toEqual(english.map(([at]) => at));
    expect(chinese.filter(([, text]) => !/\p{Script=Han}|^Tillwatch：/u.test(text))).toEqual([]);
    const filled = (text: string) => [...new Set(text.match(/<\d>/g))].sort();
    expect(withoutRoles.map(([, text]) => filled(text))).toEqual(english.map(([, text]) => filled(text)));
  });
});
