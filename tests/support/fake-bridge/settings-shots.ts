/** The settings, the tour and the states in which a desk needs a person to let it in again. */
import type { Page } from '@playwright/test';
import { busyDesk, firstRun } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Shot } from './shot.ts';

const live = (now: number) => busyDesk(now, { state: 'live', since: now - 600_000 });
const newcomer = (now: number): Scenario => ({ ...live(now), settings: { ...live(now).settings, tourSeen: false } });
const refused = (code: 'revoked' | 'unauthorized') => (now: number) => busyDesk(now, { state: 'refused', code });
const small = [1024, 640] as const;

const inElectron = (now: number): Scenario => {
  const scenario = live(now);
  return { ...scenario, info: { ...scenario.info, host: 'electron' } };
};
const next = (times: number) => async (page: Page) => {
  for (let n = 0; n < times; n += 1) await page.getByRole('button', { name: 'Next' }).click();
};
const byHand = async (page: Page) => {
  await page.getByRole('button', { name: 'Type address and code instead' }).click();
  await page.getByLabel('Gateway’s address').fill('https://pay.example.com');
  await page.getByLabel('Pairing code').fill('ABCD-EFGH-JKLM');
};
const confirming = async (page: Page) => {
  await byHand(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Is this your gateway?' }).waitFor();
};
const badLink = async (page: Page) => {
  await page.getByLabel('Pairing link').fill('https://example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').waitFor();
};
const conflict = async (page: Page) => {
  await page.getByRole('button', { name: /^Search orders/ }).press('Enter');
  await page.keyboard.press('m');
  await page.getByText('is the key of').waitFor();
};
const manualProxy = async (page: Page) => {
  await page.getByRole('radio', { name: 'This one' }).check();
  await page.getByLabel('Address of the proxy').scrollIntoViewIfNeeded();
};
const adding = async (page: Page) => {
  await page.getByRole('button', { name: 'Add a gateway…' }).click();
  await page.getByRole('dialog').waitFor();
};

export const settingsShots: Readonly<Record<string, Shot>> = {
  'settings-light': { scenario: live, hash: '#/settings' },
  'settings-dark': { scenario: live, hash: '#/settings', dark: true },
  'settings-small': { scenario: live, hash: '#/settings', size: small },
  'settings-whole': { scenario: inElectron, hash: '#/settings', size: [1280, 1900] },
  'settings-zoomed': { scenario: live, hash: '#/settings', zoom: 2 },
  'settings-key-held': { scenario: live, hash: '#/settings', size: [1280, 1400], act: conflict },
  'settings-proxy': { scenario: inElectron, hash: '#/settings', act: manualProxy },
  'settings-add-gateway': { scenario: live, hash: '#/settings', act: adding },
  'tour-first': { scenario: newcomer },
  'tour-verdict': { scenario: newcomer, dark: true, act: next(1) },
  'tour-find': { scenario: newcomer, size: small, act: next(4) },
  'tour-last': { scenario: newcomer, contrast: true, act: next(5) },
  'refused-revoked': { scenario: refused('revoked') },
  'refused-unknown': { scenario: refused('unauthorized'), dark: true, size: small },
  'first-run-light': { scenario: firstRun },
  'first-run-dark': { scenario: firstRun, dark: true, size: [1920, 1080] },
  'first-run-small': { scenario: firstRun, size: small, act: byHand },
  'first-run-zoomed': { scenario: firstRun, zoom: 2 },
  'first-run-confirm': { scenario: firstRun, act: confirming },
  'first-run-bad-link': { scenario: firstRun, act: badLink },
};
