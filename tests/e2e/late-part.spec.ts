/** Parts of the page that are fetched after its first picture. */
import { expect } from '@playwright/test';
import { expectLive, openHealth, orderRow } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';
import { pendingPayment } from '../support/e2e/processor.ts';

test.skip(({ hostKind }) => hostKind !== 'browser', 'the page is the same, whoever carries it');

test('a part that cannot be fetched says so, leaves the rest alone, and is there after a reload', async ({
  desk,
  processor,
}) => {
  await expectLive(desk);
  await processor.created(pendingPayment('E-1'));
  await desk.route('**/assets/health-view-*.js', (route) => route.abort());
  await desk.reload();
  await desk.getByRole('navigation').getByRole('button', { name: 'Health' }).click();
  const told = desk.getByRole('alert').filter({ hasText: 'This part could not be loaded' });
  await expect(told).toBeVisible();
  await desk.getByRole('navigation').getByRole('button', { name: 'Desk' }).click();
  await expect(orderRow(desk, 'E-1')).toBeVisible();

  await desk.unroute('**/assets/health-view-*.js');
  await desk.getByRole('navigation').getByRole('button', { name: 'Health' }).click();
  await told.getByRole('button', { name: 'Reload' }).click();
  await openHealth(desk);
});

test('the finder answers to its key before it was fetched, and gives the focus back', async ({ desk }) => {
  await expectLive(desk);
  let letThrough = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await desk.route('**/assets/finder-dialog-*.js', async (route) => {
    await asked;
    await route.continue();
  });
  await desk.reload();
  const search = desk.getByRole('searchbox');
  await search.focus();
  await desk.keyboard.press('Control+k');
  await expect(desk.locator('[data-coming]')).toBeVisible();
  letThrough();
  await expect(desk.getByRole('combobox')).toBeFocused();
  await desk.keyboard.press('Escape');
  await expect(desk.getByRole('combobox')).toBeHidden();
  await expect(search).toBeFocused();
});
