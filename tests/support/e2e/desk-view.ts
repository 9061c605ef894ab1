import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { PATIENCE } from '../patience.ts';

/** An order's line in the queue, by its reference. */
export function orderRow(page: Page, reference: string): Locator {
  return page.getByRole('row').filter({ hasText: reference });
}

/** The band that says that what is shown is not current. */
export function notLiveBand(page: Page): Locator {
  return page.getByText(/^Not live since \d/);
}

/** Waits until the desk says that it is live, and that no band says otherwise. */
export async function expectLive(page: Page, timeout: number = PATIENCE.timeout): Promise<void> {
  await expect(notLiveBand(page)).toHaveCount(0, { timeout });
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout });
}

export async function openOrder(page: Page, reference: string): Promise<void> {
  await orderRow(page, reference).click();
  await expect(page.getByRole('heading', { name: new RegExp(reference) })).toBeVisible();
}

export async function openHealth(page: Page): Promise<void> {
  await page.getByRole('navigation').getByText('Health').click();
  await expect(page.getByRole('heading', { name: 'Health' })).toBeVisible();
}
