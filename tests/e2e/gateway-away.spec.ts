import { expect } from '@playwright/test';
import { expectLive, notLiveBand, orderRow } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';
import { pendingPayment } from '../support/e2e/processor.ts';

test('[FR2] [FR4] while the gateway is away the screen says so; back, nothing is missing', async ({
  desk,
  gateway,
  processor,
}) => {
  const [paid, waiting] = [pendingPayment('B-1'), pendingPayment('B-2')];
  await processor.created(paid);
  await processor.captured(paid);
  await processor.created(waiting);
  const row = orderRow(desk, 'B-1');
  await expect(row).toContainText('RELEASE');
  await expect(row).not.toContainText('was RELEASE');

  await gateway.stop('SIGKILL');
  await expect(notLiveBand(desk)).toBeVisible({ timeout: 15_000 });
  await expect(desk.getByText(/as of \d/).first()).toBeVisible();
  await expect(row).toContainText(/was RELEASE at \d/);
  await expect(orderRow(desk, 'B-2')).toBeVisible();

  await gateway.start();
  await processor.captured(waiting);
  await expectLive(desk);
  await expect(row).not.toContainText('was RELEASE');
  await expect(orderRow(desk, 'B-2')).toContainText('RELEASE');
});

test('[DL3] a desk started while the gateway is down shows what it held, as not live, and catches up', async ({
  desk,
  gateway,
  host,
  processor,
}) => {
  const [paid, waiting] = [pendingPayment('C-1'), pendingPayment('C-2')];
  await processor.created(paid);
  await processor.captured(paid);
  await processor.created(waiting);
  await expect(orderRow(desk, 'C-1')).toContainText('RELEASE');
  await expect(orderRow(desk, 'C-2')).toBeVisible();

  await host.stop();
  await gateway.stop();
  await host.start();
  const again = await host.open();
  await expect(orderRow(again, 'C-1')).toContainText(/was RELEASE at \d/, { timeout: 2_000 });
  await expect(orderRow(again, 'C-2')).toBeVisible();
  await expect(notLiveBand(again)).toBeVisible();

  await gateway.start();
  await expectLive(again, 5_000);
  await processor.captured(waiting);
  await expect(orderRow(again, 'C-2')).toContainText('RELEASE');
});

test('[CN1] a second page shows the same desk, over one connection', async ({ desk, host, processor }) => {
  const second = await host.openAnother();
  await processor.created(pendingPayment('D-1'));
  for (const page of [desk, second]) {
    await expectLive(page);
    await expect(orderRow(page, 'D-1')).toBeVisible();
  }
  await second.close();
  await processor.created(pendingPayment('D-2'));
  await expect(orderRow(desk, 'D-2')).toBeVisible();
});
