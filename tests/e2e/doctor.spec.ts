import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/e2e/axe.ts';
import { expectLive, notLiveBand, openHealth } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';

const steps = (desk: Page) => desk.getByRole('list', { name: 'What the doctor found' }).getByRole('listitem');

test('the doctor finds the way open and leaves the connection alone; with the gateway gone it says where the way ends', async ({
  desk,
  gateway,
}) => {
  await expectLive(desk);
  await openHealth(desk);
  await desk.getByRole('button', { name: 'Run the doctor' }).click();
  await expect(desk.getByText('All is well between this device and the gateway.')).toBeVisible({ timeout: 15_000 });
  await expect(steps(desk)).toHaveCount(11);
  await expect(steps(desk).filter({ hasText: 'Letting in' })).toContainText('connected at this moment');
  await expect(steps(desk).filter({ hasText: 'failed' })).toHaveCount(0);
  await expect(notLiveBand(desk)).toHaveCount(0);
  await expect(desk.getByText('0 since the start')).toBeVisible();
  await expectAccessible(desk);

  await gateway.stop('SIGKILL');
  await expect(notLiveBand(desk)).toBeVisible({ timeout: 15_000 });
  await desk.getByRole('button', { name: 'Run it again' }).click();
  await expect(desk.getByText('The way to the gateway ends here: Network.')).toBeVisible({ timeout: 15_000 });
  await expect(steps(desk).last()).toContainText('What to do: Check the port');
  await expect(desk.getByText('Not tried any more: Certificate, Gateway')).toBeVisible();
  await expectAccessible(desk);
});
