/**
 * Takes a picture of every state of the screen, and tells what axe finds in it:
 * `node tests/support/fake-bridge/look.ts FOLDER [NAME…] [--chinese] [--contrast] [--dark] [--forced-colors]`.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openShot } from './open-shot.ts';
import type { Dress } from './open-shot.ts';
import { busyDesk, quietDesk } from './scenario.ts';
import type { CommandView } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { SettingsChanges } from '../../../contract/settings.ts';
import { someUnmatched } from './sample-unmatched.ts';
import type { Scenario } from './scenario.ts';
import { deskShots } from './desk-shots.ts';
import { healthShots } from './health-shots.ts';
import { insightsShots } from './insights-shots.ts';
import { settingsShots } from './settings-shots.ts';
import type { Shot } from './shot.ts';

const live = (now: number) => busyDesk(now, { state: 'live', since: now - 600_000 });
const away = (now: number) =>
  busyDesk(now, { state: 'waiting', retryAt: now + 7000, attempt: 3, reason: 'refused-connection' });
const large = [1920, 1080] as const;
const small = [1024, 640] as const;
const grouped = (now: number) => {
  const scenario = live(now);
  return { ...scenario, settings: { ...scenario.settings, grouped: true } };
};
const openCase = (reference: string) => async (page: Page) => {
  await page.getByRole('row').filter({ hasText: reference }).first().click();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
};
const pressed = (reference: string, button: string) => async (page: Page) => {
  await openCase(reference)(page);
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('dialog').waitFor();
};
const replayed = (reference: string, keys: readonly string[]) => async (page: Page) => {
  await openCase(reference)(page);
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByRole('slider', { name: 'Moment' }).waitFor();
  for (const key of keys) await page.keyboard.press(key);
};
const deskReplayed = (keys: readonly string[], reference?: string) => async (page: Page) => {
  await page.getByRole('button', { name: 'Replay: what did the screen show?' }).click();
  await page.getByRole('slider', { name: 'Moment' }).focus();
  for (const key of keys) await page.keyboard.press(key);
  await page.getByRole('row').nth(1).waitFor();
  await page.getByLabel('Reading that moment…').waitFor({ state: 'detached' });
  if (reference === undefined) return;
  await page.getByRole('row').filter({ hasText: reference }).first().click();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
};
const claimed = (now: number): Scenario => {
  const scenario = asSupport(live(now));
  const change = (order: Order): Order => ({
    ...order,
    ...(order.reference === 'A-1031' && { claimedBy: { deskId: 'desk_1', name: 'Back office' } }),
    ...(order.reference === 'A-1033' && {
      handedTo: { name: 'Maria', at: now - 60_000, by: { deskId: 'desk_2', name: 'Front counter' } },
    }),
  });
  return {
    ...scenario,
    orders: scenario.orders.map((push) => ({ ...push, orders: push.orders.map(change) })),
  };
};
const withCommands = (now: number): Scenario => {
  const scenario = live(now);
  const [id = '', store = ''] = scenario.orders
    .flatMap(({ orders }) => orders)
    .flatMap((order) => (order.reference === 'A-1031' ? [order.id, order.store] : []));
  const command = (name: string, state: CommandView['state'], secondsAgo: number): CommandView => ({
    ...{ id: crypto.randomUUID(), store, order: id, name, state, givenAt: now - secondsAgo * 1000 },
    ...(state === 'failed' && { error: { code: 'conflict', message: 'Back office is on this case already.' } }),
  });
  const commands = [
    command('claim', 'failed', 95),
    command('note', 'done', 61),
    command('resolve', 'unknown', 34),
    command('recheck', 'pending', 2),
  ];
  const desk = { id: 'desk_1', name: 'Back office', role: 'admin' } as const;
  return { ...scenario, state: { ...scenario.state, desk, commands } };
};
const asSupport = (scenario: Scenario): Scenario => ({
  ...scenario,
  state: { ...scenario.state, desk: { id: 'desk_1', name: 'Back office', role: 'support' } },
});
const withMoney = (now: number): Scenario => ({ ...asSupport(live(now)), unmatched: [someUnmatched(now)] });
const withMoneyAway = (now: number): Scenario => ({ ...asSupport(away(now)), unmatched: [someUnmatched(now)] });
const seenByStaff = (now: number): Scenario => ({ ...live(now), unmatched: [someUnmatched(now)] });
const showMoney = async (page: Page) => {
  await page.getByRole('button', { name: 'Unmatched money' }).click();
  await page.getByRole('complementary', { name: 'Unmatched money' }).waitFor();
};
const inMoney = (button: string) => async (page: Page) => {
  await showMoney(page);
  await page.getByRole('button', { name: button }).first().click();
  await page.getByRole('dialog').waitFor();
};
/** A late order of a processor that our node contradicts, checked again just now. */
const contradicted = (now: number): Scenario => {
  const scenario = asSupport(live(now));
  const id = '00000000-0000-4000-8000-000000000001';
  const words = {
    processor: { at: now - 400_000, settledAt: now - 380_000 },
    node: { at: now - 390_000, lostAt: now - 90_000 },
  };
  const change = (order: Order): Order =>
    order.reference !== 'A-1031'
      ? order
      : {
          ...order,
          source: 'cdc',
          flags: ['late', 'witness-conflict'],
          payments: order.payments.map((payment) => ({ ...payment, words, state: 'reorged' })),
          namedTransactions: [
            {
              chain: 'eip155:1',
              txHash: `0x${'ab'.repeat(32)}`,
              at: now - 60_000,
              by: { deskId: 'desk_1', name: 'Back office' },
            },
          ],
          diagnosis: [
            {
              ...{ code: 'witness-conflict', severity: 'critical', since: now - 90_000 },
              evidence: ['the processor: 0.0011939 ETH is settled', 'our node: it is no longer in the chain'],
              nextStep:
                'They have disagreed for more than 1 min. Hand nothing over, and ask the processor about this payment.',
              facts: {
                processor: '0.0011939 ETH is settled',
                node: 'it is no longer in the chain',
                ...{ processorSays: 'settled', nodeSays: 'reorged', amount: '0.0011939 ETH' },
                sinceMs: String(now - 90_000),
              },
            },
            {
              ...{ code: 'late', severity: 'warning', since: now - 360_000 },
              evidence: ['paid 3 min after the order expired'],
              nextStep: 'Decide whether the price still holds: then an admin overrides the verdict; otherwise refund.',
              facts: { byMs: '180000' },
            },
          ],
        };
  const orders = scenario.orders.map((push) => ({ ...push, orders: push.orders.map(change) }));
  const order = orders.flatMap((push) => push.orders).find(({ reference }) => reference === 'A-1031');
  const told: CommandView = {
    id,
    store: 'main',
    order: order?.id ?? null,
    name: 'recheck',
    state: 'done',
    givenAt: now - 4000,
  };
  const asked = [
    { id: 'cdc', kind: 'crypto-com-pay', outcome: 'nothing-new', ms: 412 },
    { id: 'eip155:1', kind: 'evm', outcome: 'unreachable', ms: 5003, note: 'node-a.example cannot be reached' },
  ];
  return { ...scenario, orders, state: { ...scenario.state, commands: [told] }, results: { [id]: { asked } } };
};
const withdrawn = (now: number): Scenario => {
  const scenario = live(now);
  return { ...scenario, state: { ...scenario.state, withdrawn: [{ id: 'annex', name: 'Station kiosk' }] } };
};
const examine = async (page: Page) => {
  await page.getByRole('button', { name: 'Run the doctor' }).click();
  await page.getByText(/gateway ends here|way to the gateway is open/).waitFor();
  await page.getByRole('heading', { name: 'Connection doctor' }).scrollIntoViewIfNeeded();
  await page.getByRole('list', { name: 'What the doctor found' }).scrollIntoViewIfNeeded();
};
const caughtUp = (now: number): Scenario => ({
  ...live(now),
  notices: [{ kind: 'caught-up', store: 'main', events: 14, from: now - 120_000, to: now - 3000 }],
});

export const shots: Readonly<Record<string, Shot>> = {
  'desk-light': { scenario: live },
  'desk-dark': { scenario: live, dark: true },
  'desk-large': { scenario: live, size: large },
  'desk-small': { scenario: live, size: small },
  'desk-grouped': { scenario: grouped },
  'desk-caught-up': { scenario: caughtUp },
  'not-live-light': { scenario: away },
  'not-live-dark': { scenario: away, dark: true, size: large },
  'case-light': { scenario: live, act: openCase('A-1040') },
  'case-dark': { scenario: live, dark: true, size: large, act: openCase('A-1031') },
  'case-small': { scenario: live, size: small, act: openCase('A-1033') },
  'case-commands': { scenario: withCommands, size: large, act: openCase('A-1031') },
  'case-commands-dark': { scenario: withCommands, dark: true, act: openCase('A-1031') },
  'case-override': { scenario: withCommands, act: pressed('A-1031', 'Override…') },
  'case-release-against': { scenario: withCommands, act: pressed('A-1046', 'Goods handed over') },
  'case-claimed': { scenario: claimed, act: openCase('A-1031') },
  'case-handed-over': { scenario: claimed, size: small, dark: true, act: openCase('A-1033') },
  'case-hand-over': { scenario: claimed, act: pressed('A-1031', 'Pass on…') },
  'case-qr': { scenario: live, act: pressed('A-1044', 'QR code…') },
  'case-qr-dark': { scenario: live, dark: true, act: pressed('A-1037', 'QR code…') },
  'case-qr-late': { scenario: live, act: pressed('A-1030', 'QR code…') },
  'case-customer': { scenario: live, act: pressed('A-1037', 'Copy for the customer…') },
  'case-customer-small': { scenario: live, size: small, dark: true, act: pressed('A-1031', 'Copy for the customer…') },
  'case-contrast': { scenario: claimed, contrast: true, act: openCase('A-1031') },
  'case-zoom': { scenario: claimed, zoom: 2, act: openCase('A-1031') },
  'replay-now': { scenario: claimed, act: replayed('A-1031', []) },
  'replay-past': { scenario: claimed, act: replayed('A-1031', ['ArrowLeft', 'ArrowLeft']) },
  'replay-dark': { scenario: claimed, dark: true, size: large, act: replayed('A-1039', ['ArrowLeft']) },
  'replay-small': { scenario: claimed, size: small, act: replayed('A-1031', ['Home']) },
  'replay-contrast': { scenario: claimed, contrast: true, dark: true, act: replayed('A-1031', ['ArrowLeft']) },
  'replay-zoom': { scenario: claimed, zoom: 2, act: replayed('A-1031', ['Home']) },
  'replay-not-live': { scenario: away, act: replayed('A-1039', ['ArrowLeft', 'ArrowLeft']) },
  'desk-replay': { scenario: live, act: deskReplayed(['ArrowLeft']) },
  'desk-replay-case': { scenario: live, dark: true, size: large, act: deskReplayed(['ArrowLeft'], 'A-1040') },
  'desk-replay-small': { scenario: live, size: small, act: deskReplayed(['Home']) },
  'desk-replay-now': { scenario: live, act: deskReplayed([]) },
  'case-not-live': { scenario: away, act: openCase('A-1040') },
  'money-light': { scenario: withMoney, act: showMoney },
  'money-dark': { scenario: withMoney, dark: true, size: large, act: showMoney },
  'money-zoom': { scenario: withMoney, zoom: 2, act: showMoney },
  'money-small': { scenario: withMoney, size: small, act: showMoney },
  'money-not-live': { scenario: withMoneyAway, act: showMoney },
  'money-staff': { scenario: seenByStaff, act: showMoney },
  'money-attach': { scenario: withMoney, act: inMoney('Give it to another order…') },
  'money-dismiss': { scenario: withMoney, dark: true, act: inMoney('Set aside…') },
  'witnesses-light': { scenario: contradicted, size: large, act: openCase('A-1031') },
  'witnesses-dark': { scenario: contradicted, dark: true, act: openCase('A-1031') },
  'health-withdrawn': { scenario: withdrawn, hash: '#/health', size: large },
  'health-zoom': { scenario: live, hash: '#/health', zoom: 2 },
  'health-light': { scenario: live, hash: '#/health' },
  'health-dark': { scenario: away, hash: '#/health', dark: true, size: large },
  'doctor-light': { scenario: live, hash: '#/health', act: examine },
  'doctor-dark': { scenario: live, hash: '#/health', dark: true, size: large, act: examine },
  'doctor-failing': { scenario: away, hash: '#/health', act: examine },
  'doctor-small': { scenario: away, hash: '#/health', dark: true, size: small, act: examine },
  ...healthShots,
  ...insightsShots,
  ...deskShots,
  ...settingsShots,
  empty: { scenario: quietDesk },
};

const dresses: Readonly<Record<string, Dress>> = {
  '--chinese': { settings: { language: 'zh-CN' } },
  '--contrast': { settings: { appearance: 'high-contrast' } },
  '--dark': { settings: { appearance: 'dark' } },
  '--forced-colors': { forcedColors: true },
};

async function main(folder: string, chosen: readonly string[], dress: Dress): Promise<void> {
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  });
  for (const [name, shot] of Object.entries(shots)) {
    if (chosen.length > 0 && !chosen.some((part) => name.includes(part))) continue;
    const { page, faults } = await openShot(browser, shot, dress);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const said = [...faults, ...violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)];
    process.stdout.write(`${name}${said.length > 0 ? `:\n  ${said.join('\n  ')}` : ''}\n`);
    await page.context().close();
  }
  await browser.close();
}

if (import.meta.main) {
  const [folder = '.cache/look', ...rest] = process.argv.slice(2);
  const worn = rest.flatMap((word) => dresses[word] ?? []);
  const dress: Dress = {
    settings: Object.assign({}, ...worn.map(({ settings }) => settings)) as SettingsChanges,
    forcedColors: worn.some(({ forcedColors }) => forcedColors),
  };
  await main(
    folder,
    rest.filter((word) => !word.startsWith('--')),
    dress,
  );
}
