import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/e2e/axe.ts';
import { expectLive, notLiveBand, openHealth, openOrder, orderRow } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';
import { pendingPayment } from '../support/e2e/processor.ts';
import type { Processor } from '../support/e2e/processor.ts';

/** Orders in several states, so that every kind of row is looked at. */
async function sell(desk: Page, processor: Processor): Promise<void> {
  const payments = ['E-1', 'E-2', 'E-3'].map((reference) => pendingPayment(reference));
  for (const payment of payments) await processor.created(payment);
  await processor.captured(payments[0]!);
  await processor.created(pendingPayment('E-4', { live_mode: false }));
  await processor.created(pendingPayment('E-5', { expired_at: Math.floor(Date.now() / 1000) - 5 }));
  await expect(orderRow(desk, 'E-1')).toContainText('RELEASE');
  await expect(orderRow(desk, 'E-5')).toBeVisible();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('desk, order and health are accessible', async ({ desk, processor }) => {
      await expectLive(desk);
      await expectAccessible(desk);
      await sell(desk, processor);
      await expectAccessible(desk);
      await openOrder(desk, 'E-1');
      await expectAccessible(desk);
      await openHealth(desk);
      await expectAccessible(desk);
    });

    test('the desk is accessible while it is not live', async ({ desk, gateway, processor }) => {
      await sell(desk, processor);
      await gateway.stop('SIGKILL');
      await expect(notLiveBand(desk)).toBeVisible({ timeout: 15_000 });
      await expectAccessible(desk);
    });

    test('the first run is accessible', async ({ unpaired }) => {
      await unpaired.start();
      await expectAccessible(await unpaired.open());
    });
  });
}
