/** The desk, the finder and the counter's display in every state they can be in. */
import type { Page } from '@playwright/test';
import type { RequestOutput } from '../../../contract/ipc.ts';
import { searchQuery } from '../../../contract/search-query.ts';
import { orderMatches, unmatchedMatches } from '../../../contract/search-terms.ts';
import { sampleOrder } from './sample-orders.ts';
import { someUnmatched } from './sample-unmatched.ts';
import { busyDesk, ordersPush, quietDesk } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Shot } from './shot.ts';

const large = [1920, 1080] as const;
const small = [1024, 640] as const;
const live = (now: number) => busyDesk(now, { state: 'live', since: now - 600_000 });
const away = (now: number) =>
  busyDesk(now, { state: 'waiting', retryAt: now + 7000, attempt: 3, reason: 'refused-connection' });

type Settings = Scenario['settings'];
const set =
  (changes: Partial<Settings>, of = live) =>
  (now: number): Scenario => {
    const scenario = of(now);
    return { ...scenario, settings: { ...scenario.settings, ...changes } };
  };

/** Two stores, and one that this desk may not watch any more. */
function stores(now: number): Scenario {
  const scenario = live(now);
  const [main] = scenario.state.stores;
  if (!main) throw new Error('the sample desk has a store');
  const orders = [20, 21, 22, 23].map((n) => sampleOrder(n, now, { store: 'annex', id: `annex_${n}` }));
  return {
    ...scenario,
    state: {
      ...scenario.state,
      stores: [main, { ...main, id: 'annex', name: 'Harbour kiosk' }],
      withdrawn: [{ id: 'station', name: 'Station kiosk' }],
    },
    orders: [...scenario.orders, { ...ordersPush(orders), store: 'annex' }],
  };
}

/** New money for two orders a moment ago. */
const withMoney =
  (of = live) =>
  (now: number): Scenario => {
    const scenario = of(now);
    const orders = scenario.orders.flatMap((push) => push.orders);
    const moments = orders
      .filter(({ status }) => status === 'confirming')
      .slice(0, 2)
      .map(({ store, id, reference }, n) => ({
        ...{ store, order: id, reference, seq: 10_600 + n, kind: 'payment.detected', at: now, missed: false },
      }));
    return { ...scenario, moments };
  };

/** What a gateway would find for a question. */
const finding =
  (q: string, of = live, from: RequestOutput<'orders.find'>['from'] = 'gateway') =>
  (now: number): Scenario => {
    const scenario = of(now);
    const query = searchQuery(q, { timeZone: 'Europe/Lisbon', now });
    const money = someUnmatched(now);
    const orders = scenario.orders.flatMap((push) =>
      push.orders.filter((order) => orderMatches(order, query).length > 0),
    );
    const unmatched = money.payments.filter((payment) => unmatchedMatches(payment, query).length > 0);
    const matches = [
      ...orders.flatMap((order) => orderMatches(order, query)),
      ...unmatched.flatMap((payment) => unmatchedMatches(payment, query)),
    ];
    const found = { orders: orders.slice(0, 12), unmatched, matches, from, more: orders.length > 12 };
    return { ...scenario, unmatched: [money], found: { [q]: found } };
  };

const ask = (q: string) => async (page: Page) => {
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('combobox').fill(q);
  await page.getByRole('dialog').getByRole('status').filter({ hasText: /\S/, hasNotText: 'Looking' }).waitFor();
};
const pressed = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').waitFor();
};
const saved = [
  { name: 'Late today', status: 'eyes', source: null, store: null, text: '' },
  { name: 'Processor, confirming', status: 'confirming', source: 'cdc', store: null, text: '' },
];

/** Cases of others, of this desk, and such as were left to somebody. */
function held(now: number): Scenario {
  const scenario = live(now);
  const by = { deskId: 'desk_2', name: 'Front counter' };
  const change: Readonly<Record<string, object>> = {
    'A-1031': { claimedBy: { deskId: 'desk_1', name: 'Back office' } },
    'A-1032': { claimedBy: by },
    'A-1033': { handedTo: { name: 'Maria', at: now - 60_000, by } },
    'A-1040': { handedTo: { name: 'back office', at: now - 90_000, by } },
  };
  const desk = { id: 'desk_1', name: 'Back office', role: 'support' } as const;
  const orders = scenario.orders.map((push) => ({
    ...push,
    orders: push.orders.map((order) => ({ ...order, ...change[order.reference] })),
  }));
  return { ...scenario, state: { ...scenario.state, desk }, orders };
}
const showMine = async (page: Page) => {
  await page.getByRole('radio', { name: 'Mine' }).check({ force: true });
  await page.getByText(/^2 of/).waitFor();
};
const openLink = async (page: Page) => {
  const link = 'tillwatch://pair?gateway=https%3A%2F%2Fpay.example.com&code=ABCD-EFGH';
  await page.evaluate((hash) => void (window.location.hash = hash), `#/pair/${encodeURIComponent(link)}`);
  await page.getByRole('dialog', { name: 'Add this gateway?' }).waitFor();
};

export const deskShots: Readonly<Record<string, Shot>> = {
  'desk-held': { scenario: held },
  'desk-held-compact': {
    scenario: (now) => ({ ...held(now), settings: { ...held(now).settings, density: 'compact' } }),
  },
  'desk-held-small': { scenario: held, size: small },
  'desk-mine': { scenario: held, act: showMine },
  'desk-columns-moved': {
    scenario: set({ columns: ['verdict', 'order', 'happening', 'price', 'state'] }),
    act: pressed('View'),
  },
  'desk-link': { scenario: live, act: openLink },
  'finder-nothing-named': { scenario: finding('Zoltan'), act: ask('Zoltan') },
  'desk-contrast': { scenario: set({ appearance: 'high-contrast' }) },
  'desk-zoom': { scenario: live, zoom: 2 },
  'desk-compact': { scenario: set({ density: 'compact' }), size: large },
  'desk-compact-small': { scenario: set({ density: 'compact' }), size: small, dark: true },
  'desk-columns': { scenario: set({ columns: ['state', 'order', 'price', 'verdict'] }) },
  'desk-sorted': { scenario: set({ sorting: { by: 'price', descending: true } }) },
  'desk-stores': { scenario: (now) => set({ grouped: true, groupBy: 'store' }, stores)(now), size: large },
  'desk-chinese': { scenario: set({ language: 'zh-CN' }) },
  'desk-chinese-small': { scenario: set({ language: 'zh-CN' }), size: small, dark: true },
  'desk-not-live-zoom': { scenario: away, zoom: 2 },
  'desk-not-live-contrast': { scenario: set({ appearance: 'high-contrast' }, away), dark: true },
  'desk-view-menu': { scenario: live, act: pressed('View') },
  'desk-saved': { scenario: set({ savedFilters: saved }), act: pressed('Saved'), dark: true },
  'desk-money-small': { scenario: (now) => ({ ...live(now), unmatched: [someUnmatched(now)] }), size: small },
  'desk-empty-dark': { scenario: quietDesk, dark: true },
  'finder-empty': { scenario: live, act: (page) => page.keyboard.press('Control+K') },
  'finder-reference': { scenario: finding('A-1040'), act: ask('A-1040') },
  'finder-amount-dark': { scenario: finding('54'), act: ask('54'), dark: true, size: large },
  'finder-nothing': { scenario: finding('0xdeadbeefdeadbeef'), act: ask('0xdeadbeefdeadbeef') },
  'finder-not-live': { scenario: finding('A-1039', away, 'journal'), act: ask('A-1039') },
  'finder-contrast': {
    scenario: (now) => set({ appearance: 'high-contrast' }, finding('A-10'))(now),
    act: ask('A-10'),
    dark: true,
  },
  'finder-zoom': { scenario: finding('A-1031'), act: ask('A-1031'), zoom: 2 },
  'finder-command': { scenario: finding('health'), act: ask('health'), size: small },
  'counter-light': { scenario: withMoney(), hash: '#/counter' },
  'counter-dark': { scenario: withMoney(), hash: '#/counter', dark: true, size: large },
  'counter-contrast': {
    scenario: (now) => set({ appearance: 'high-contrast' }, withMoney())(now),
    hash: '#/counter',
    dark: true,
  },
  'counter-small': { scenario: withMoney(), hash: '#/counter', size: small },
  'counter-zoom': { scenario: withMoney(), hash: '#/counter', zoom: 2 },
  'counter-not-live': { scenario: away, hash: '#/counter' },
  'counter-empty': { scenario: quietDesk, hash: '#/counter' },
  'counter-chinese': { scenario: (now) => set({ language: 'zh-CN' }, withMoney())(now), hash: '#/counter' },
};
