/** What a person arranges for the device: the order of the columns, and one more gateway by a link. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { test } from '../support/e2e/fixtures.ts';
import { openShot } from '../support/fake-bridge/open-shot.ts';
import { busyDesk } from '../support/fake-bridge/scenario.ts';
import type { FakeDesk } from '../support/fake-bridge/install-bridge.ts';

test.skip(({ hostKind }) => hostKind !== 'browser', 'the page is the same, whoever carries it');

const live = (now: number) => busyDesk(now, { state: 'live', since: now - 600_000 });
const headings = (page: Page) => page.getByRole('columnheader').allTextContents();
/** What was asked of the host under a name, in order. */
const asked = (page: Page, name: string) =>
  page.evaluate((wanted) => {
    const desk: FakeDesk = Reflect.get(window, 'fakeDesk');
    return desk.asked.filter((each) => each.name === wanted).map(({ input }) => input);
  }, name);

test('columns stand where a person moved them, by the keyboard and by dragging', async ({ browser }) => {
  const { page, faults } = await openShot(browser, { scenario: live });
  await page.getByRole('button', { name: 'View', exact: true }).click();
  const list = page.getByRole('list', { name: 'Columns' });
  const up = list.getByRole('button', { name: 'Price: further to the front' });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect(up, 'keeps the focus, to be pressed again').toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => headings(page)).toEqual(expect.arrayContaining(['Price', 'State', 'Order']));
  expect((await headings(page)).slice(0, 3)).toEqual(['Price', 'State', 'Order']);
  await expect(page.getByText('Price is column 1 of 8')).toBeAttached();
  await expect(up).toHaveAttribute('aria-disabled', 'true');
  const row = (name: string) => list.getByRole('listitem').filter({ hasText: name });
  await row('Goods').dragTo(row('Price'));
  await expect.poll(async () => (await headings(page)).slice(0, 2)).toEqual(['Goods', 'Price']);
  const written = await asked(page, 'settings.write');
  expect(written.length, 'written once a move, not at every step of a drag').toBe(3);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[AU1] a pairing link on a paired desk adds a gateway once a person has confirmed it', async ({ browser }) => {
  const { page, faults } = await openShot(browser, { scenario: live });
  const link = 'tillwatch://pair?gateway=https%3A%2F%2Fshop.example.com&code=ABCD-EFGH';
  await page.evaluate((hash) => void (window.location.hash = hash), `#/pair/${encodeURIComponent(link)}`);
  const offer = page.getByRole('dialog', { name: 'Add this gateway?' });
  await expect(offer.getByLabel('Pairing link')).toHaveValue(link);
  expect(await asked(page, 'gateways.add')).toEqual([]);
  await offer.getByRole('button', { name: 'Continue' }).click();
  await expect(offer.getByText('https://shop.example.com')).toBeVisible();
  expect(await asked(page, 'gateways.add')).toEqual([]);
  await offer.getByRole('button', { name: 'Connect to shop.example.com' }).click();
  await expect.poll(() => asked(page, 'gateways.add')).toHaveLength(1);
  await page.keyboard.press('Escape');
  await expect(offer).toBeHidden();
  expect(faults).toEqual([]);
  await page.context().close();
});
