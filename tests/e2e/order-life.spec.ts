import { expect } from '@playwright/test';
import { expectLive, openOrder, orderRow } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';
import { pendingPayment } from '../support/e2e/processor.ts';

/** Seconds a row says are left to pay. */
function secondsLeft(text: string | null): number {
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(text ?? '') ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

test('[CK2] an order appears, counts down, and is paid, all by itself', async ({ desk, processor }) => {
  await expectLive(desk);
  await expect(desk.getByText('No orders yet')).toBeVisible();

  const payment = pendingPayment('A-1041');
  await processor.created(payment);
  const row = orderRow(desk, 'A-1041');
  await expect(row).toBeVisible();
  await expect(row).toContainText('$19.99');
  await expect(row).toContainText('waiting for payment');

  const before = secondsLeft(await row.textContent());
  expect(before).toBeGreaterThan(540);
  expect(before).toBeLessThanOrEqual(600);
  await expect(async () => {
    expect(secondsLeft(await row.textContent())).toBeLessThanOrEqual(before - 2);
  }).toPass({ timeout: 10_000 });

  await processor.captured(payment);
  await expect(row).toContainText('paid');
  await expect(row).toContainText('RELEASE');
});

test('an order is opened with its events, and a reload shows it again', async ({ desk, processor }) => {
  const payment = pendingPayment('A-1042');
  await processor.created(payment);
  await processor.captured(payment);
  await expect(orderRow(desk, 'A-1042')).toContainText('RELEASE');
  await openOrder(desk, 'A-1042');
  await expect(desk.getByTitle(payment.id).first()).toBeVisible();
  await desk.reload();
  await expect(desk.getByRole('heading', { name: /A-1042/ })).toBeVisible();
});

test('a test payment never says RELEASE', async ({ desk, processor }) => {
  const payment = pendingPayment('A-1043', { live_mode: false });
  await processor.created(payment);
  await processor.captured(payment);
  const row = orderRow(desk, 'A-1043');
  await expect(row).toContainText('TEST');
  await expect(row).not.toContainText('RELEASE');
});

test('a row that needs eyes for what has no flag says so', async ({ desk, processor }) => {
  await expectLive(desk);
  const payment = pendingPayment('A-1043');
  await processor.refundRequested(payment);
  await expect(orderRow(desk, payment.id)).toContainText('only a refund known');
});
