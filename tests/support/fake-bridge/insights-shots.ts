/** The insights in every state they can be in. */
import type { Page } from '@playwright/test';
import type { ConnectionState } from '../../../contract/connection-state.ts';
import { middayZone } from '../midday-zone.ts';
import { busyDesk, quietDesk } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Shot } from './shot.ts';

const hash = '#/insights';
const large = [1920, 1080] as const;
/** High enough for all the charts. */
const high = [1280, 1900] as const;

/** A busy desk at a store where it is midday, whenever the picture is taken: its last hours were all today. */
function busyAtMidday(now: number, connection: ConnectionState, done?: number): Scenario {
  const { state, ...rest } = busyDesk(now, connection, done);
  const stores = state.stores.map((store) => ({ ...store, timeZone: middayZone(now) }));
  return { ...rest, state: { ...state, stores } };
}
const live = (now: number) => busyAtMidday(now, { state: 'live', since: now - 600_000 });
/** A week of orders, one each three minutes. */
const aWeek = (now: number) => busyAtMidday(now, { state: 'live', since: now - 600_000 }, 3400);
/** Nothing of it was yesterday. */
const anHour = (now: number) => busyAtMidday(now, { state: 'live', since: now - 600_000 }, 0);
const away = (now: number) =>
  busyAtMidday(now, { state: 'waiting', retryAt: now + 7000, attempt: 3, reason: 'refused-connection' });
const withSettings = (changes: Partial<Scenario['settings']>) => (now: number) => {
  const scenario = aWeek(now);
  return { ...scenario, settings: { ...scenario.settings, tourSeen: true, ...changes } };
};

const counted = async (page: Page) => {
  await page.locator('.recharts-surface').first().waitFor();
};
const told = (text: string) => (page: Page) => page.getByText(text).waitFor();
const showYesterday = async (page: Page) => {
  await page.getByText('Yesterday', { exact: true }).click();
  await told('Nothing in these days')(page);
};
const showWeek = async (page: Page) => {
  await page.getByText('7 days', { exact: true }).click();
  await page.getByRole('heading', { name: 'Takings by day' }).waitFor();
};
const showTables = async (page: Page) => {
  await showWeek(page);
  const buttons = page.getByRole('button', { name: /^As a table/ });
  while ((await buttons.count()) > 0) await buttons.first().click();
};
const afterWeek = (button: string) => async (page: Page) => {
  await showWeek(page);
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('dialog').waitFor();
};

export const insightsShots: Readonly<Record<string, Shot>> = {
  'insights-light': { scenario: aWeek, hash, act: showWeek, size: high },
  'insights-today': { scenario: live, hash, act: counted },
  'insights-dark': { scenario: aWeek, hash, dark: true, act: showWeek, size: large },
  'insights-contrast': { scenario: withSettings({ appearance: 'high-contrast' }), hash, act: showWeek, size: high },
  'insights-small': { scenario: aWeek, hash, size: [1024, 640], act: counted },
  'insights-zoom': { scenario: aWeek, hash, zoom: 2, act: counted },
  'insights-not-live': { scenario: away, hash, act: counted },
  'insights-empty': { scenario: quietDesk, hash, act: told('No orders yet') },
  'insights-no-day': { scenario: anHour, hash, act: showYesterday },
  'insights-tables': { scenario: aWeek, hash, act: showTables, size: high },
  'insights-calendar': { scenario: aWeek, hash, act: afterWeek('Days: ') },
  'insights-export': { scenario: aWeek, hash, act: afterWeek('Export CSV') },
  'insights-chinese': { scenario: withSettings({ language: 'zh-CN' }), hash, act: counted, size: large },
};
