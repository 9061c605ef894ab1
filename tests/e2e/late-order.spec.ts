import { expect } from '@playwright/test';
import { expectAccessible } from '../support/e2e/axe.ts';
import { expectLive, openOrder, orderRow } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';
import { pendingPayment } from '../support/e2e/processor.ts';

test('[FR4] a support agent opens a late order, reads why, takes it, notes, checks again and resolves it', async ({
  desk,
  processor,
}) => {
  await expectLive(desk);
  const now = Math.floor(Date.now() / 1000);
  const payment = pendingPayment('L-1', { created: now - 900, expired_at: now - 300 });
  await processor.created(payment);
  await processor.captured(payment);
  await desk.getByRole('radio', { name: 'Needs eyes' }).check({ force: true });
  await expect(orderRow(desk, 'L-1')).toContainText('HOLD');

  await openOrder(desk, 'L-1');
  const order = desk.getByRole('complementary', { name: 'Order L-1' });
  await expect(order.getByText('Paid after the time was up')).toBeVisible();
  await expect(order.getByText(/Decide whether the price still holds/)).toBeVisible();
  await expect(order.getByRole('heading', { name: 'Two witnesses' })).toBeVisible();

  const done = order.getByRole('status', { name: 'What became of it' });
  await order.getByRole('button', { name: 'Take the case' }).click();
  await expect(done).toContainText('Taking the case: done');
  await expect(order.getByRole('button', { name: 'Leave the case' })).toBeVisible();

  await order.getByRole('textbox', { name: 'New note' }).fill('Rang the customer: the price still holds.');
  await order.getByRole('button', { name: 'Add the note' }).click();
  await expect(order.getByRole('listitem').filter({ hasText: 'Rang the customer' }).first()).toBeVisible();

  await order.getByRole('button', { name: 'Check again now' }).click();
  await expect(done).toContainText('Checking again: done');
  await expect(order.getByRole('list', { name: 'What was found' })).toContainText('cdc');
  await expectAccessible(desk);

  await order.getByRole('button', { name: 'Resolve…' }).click();
  await desk.getByRole('textbox', { name: 'Reason' }).fill('The customer confirmed, the price holds.');
  await desk.getByRole('button', { name: 'Resolve the case' }).click();
  await expect(done).toContainText('Resolving: done');
  await expect(orderRow(desk, 'L-1')).toHaveCount(0);
});
