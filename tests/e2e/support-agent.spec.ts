import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/e2e/axe.ts';
import { expectLive, openOrder, orderRow } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';
import { pendingPayment } from '../support/e2e/processor.ts';
import type { Processor } from '../support/e2e/processor.ts';

test.skip(({ hostKind }) => hostKind !== 'browser', 'clipboard and downloads are a browser’s own here');

/** A customer who paid when the time was up, among others who paid in time. */
async function sellLate(processor: Processor): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  for (const reference of ['S-1', 'S-2', 'S-3']) {
    const payment = pendingPayment(reference);
    await processor.created(payment);
    await processor.captured(payment);
  }
  const late = pendingPayment('ANGRY-7', { created: now - 900, expired_at: now - 300 });
  await processor.created(late);
  await processor.captured(late);
}

async function find(desk: Page, words: string): Promise<Locator> {
  await desk.getByRole('searchbox').fill(words);
  const row = orderRow(desk, words);
  await expect(row).toContainText('HOLD');
  await expect(orderRow(desk, 'S-1')).toHaveCount(0);
  await openOrder(desk, words);
  return desk.getByRole('complementary', { name: `Order ${words}` });
}

/** Reads what the dialog offers for the customer, and what the clipboard then holds. */
async function copyForCustomer(desk: Page, order: Locator): Promise<{ shown: string; copied: string }> {
  await order.getByRole('button', { name: 'Copy for the customer…' }).click();
  const shown = await desk.getByRole('textbox', { name: 'Text for the customer' }).inputValue();
  await desk.getByRole('button', { name: 'Copy the text' }).click();
  await expect(desk.getByRole('dialog').getByRole('status')).toHaveText('Copied');
  const copied = await desk.evaluate(() => navigator.clipboard.readText());
  await expectAccessible(desk);
  await desk.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(desk.getByRole('dialog')).toHaveCount(0);
  return { shown, copied };
}

for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
] as const) {
  test.describe(`a support agent at ${width}×${height}`, () => {
    test.use({ viewport: { width, height } });

    test('[FR4] finds the angry customer’s order, reads why, works on it, answers, and settles it', async ({
      desk,
      processor,
    }) => {
      // A whole day's work of one: as long as several tests.
      test.slow();
      await expectLive(desk);
      await desk.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await sellLate(processor);
      const order = await find(desk, 'ANGRY-7');

      // "What is it, why, and what do I do?", before anything is scrolled.
      await expect(order.getByText('HOLD', { exact: true })).toBeInViewport();
      await expect(order.getByText('Paid after the time was up')).toBeInViewport();
      await expect(order.getByRole('img', { name: 'What to do' }).first()).toBeInViewport();
      await expect(order.getByRole('button', { name: 'Resolve…' })).toBeInViewport();

      const done = order.getByRole('status', { name: 'What became of it' });
      await order.getByRole('button', { name: 'Take the case' }).click();
      await expect(order.getByText('This desk is on this case')).toBeVisible();
      await order.getByRole('button', { name: 'Write a note' }).click();
      await desk.keyboard.type('Rang the customer, who is angry. Secret word: walrus.');
      await order.getByRole('button', { name: 'Add the note' }).click();
      await expect(order.getByRole('listitem').filter({ hasText: 'walrus' }).first()).toBeVisible();
      await order.getByRole('button', { name: 'Check again now' }).click();
      await expect(done).toContainText('Checking again: done');

      const { shown, copied } = await copyForCustomer(desk, order);
      expect(copied).toBe(shown);
      expect(shown).toContain('Order ANGRY-7');
      expect(shown).toContain('after the time to pay had run out');
      expect(shown).not.toMatch(/walrus|HOLD|Front counter/);

      await order.getByRole('button', { name: 'QR code…' }).click();
      await expect(desk.getByRole('dialog')).toContainText('There is nothing left to pay.');
      await expect(desk.getByRole('img', { name: /QR code that asks/ })).toHaveCount(0);
      await desk.keyboard.press('Escape');
      await expect(desk.getByRole('dialog')).toHaveCount(0);

      await desk.reload();
      await expect(done).toContainText('Checking again: done');
      await order.getByRole('button', { name: 'Resolve…' }).click();
      await desk.getByRole('textbox', { name: 'Reason' }).fill('The customer accepts the price of today.');
      await desk.getByRole('button', { name: 'Resolve the case' }).click();
      await expect(done).toContainText('Resolving: done');
      await desk.getByRole('radio', { name: 'Needs eyes' }).check({ force: true });
      await expect(orderRow(desk, 'ANGRY-7')).toHaveCount(0);
    });

    test('[FR6] drags the order back by the keyboard to what it was, and nothing of the past can be acted on', async ({
      desk,
      processor,
    }) => {
      await sellLate(processor);
      const order = await find(desk, 'ANGRY-7');
      await order.getByRole('button', { name: 'Replay', exact: true }).press('Enter');
      const slider = order.getByRole('slider', { name: 'Moment' });
      await expect(slider).toBeFocused();
      await expect(slider).toHaveAttribute('aria-valuetext', 'now');

      await desk.keyboard.press('Home');
      await expect(order.getByText(/^The past: what it looked like at \d\d:\d\d:\d\d$/)).toBeVisible();
      await expect(slider).toHaveAttribute('aria-valuetext', /Order created$/);
      await expect(order.getByText('HOLD', { exact: true })).toHaveCount(0);
      await expect(order.getByText('No payment was seen yet.')).toBeVisible();
      await expect(order.getByRole('button', { name: /^Take the case: Not in the past/ })).toBeVisible();
      await order.getByRole('button', { name: /^Take the case/ }).press('Enter');
      await expectAccessible(desk);

      await slider.press('ArrowRight');
      await expect(slider).toHaveAttribute('aria-valuetext', /\d · /);
      await slider.press('End');
      await expect(slider).toHaveAttribute('aria-valuetext', 'now');
      await slider.press('ArrowLeft');
      await slider.press('Escape');
      await expect(slider).toHaveAttribute('aria-valuetext', 'now');
      await slider.press('Escape');
      await expect(slider).toHaveCount(0);
      await expect(order.getByText('HOLD', { exact: true })).toBeVisible();
      await expect(order.getByRole('button', { name: 'Take the case', exact: true })).toBeVisible();
      await expect(order.getByText('This desk is on this case')).toHaveCount(0);
    });

    test('[FR6] asks what the whole screen showed before the order came', async ({ desk, processor }) => {
      await expectLive(desk);
      const first = pendingPayment('EARLY-1');
      await processor.created(first);
      await expect(orderRow(desk, 'EARLY-1')).toBeVisible();
      await processor.captured(first);
      await expect(orderRow(desk, 'EARLY-1')).toContainText('RELEASE');

      await desk.getByRole('button', { name: 'Replay: what did the screen show?' }).click();
      await expect(desk.getByText(/^The past: what the screen showed on /)).toBeVisible();
      const slider = desk.getByRole('slider', { name: 'Moment' });
      await slider.focus();
      await desk.keyboard.press('Home');
      await expect(orderRow(desk, 'EARLY-1')).toHaveCount(0);
      await desk.keyboard.press('End');
      await expect(orderRow(desk, 'EARLY-1')).toContainText('was RELEASE at');
      await expectAccessible(desk);
      await openOrder(desk, 'EARLY-1');
      await expect(desk.getByRole('button', { name: /^Goods handed over: Not in the past/ })).toBeVisible();
      await desk.getByRole('button', { name: 'Back to now', exact: true }).click();
      await expect(orderRow(desk, 'EARLY-1')).toContainText('RELEASE');
      await expect(orderRow(desk, 'EARLY-1')).not.toContainText('was RELEASE');
    });
  });
}

test('a case is passed on to a colleague by name, who then takes it', async ({ desk, processor }) => {
  await sellLate(processor);
  const order = await find(desk, 'ANGRY-7');
  await order.getByRole('button', { name: 'Pass on…' }).click();
  await desk.getByRole('combobox', { name: 'To whom' }).fill('Maria');
  await desk.getByRole('textbox', { name: 'What they should know' }).fill('Rings back at four.');
  await desk.getByRole('button', { name: 'Pass the case on' }).click();
  await expect(order.getByText(/^Left to Maria by Front counter, /)).toBeVisible();
  await expect(order.getByRole('listitem').filter({ hasText: 'Rings back at four.' }).first()).toBeVisible();
  await order.getByRole('button', { name: 'Take the case' }).click();
  await expect(order.getByText('This desk is on this case')).toBeVisible();
  await expect(order.getByText(/^Left to Maria/)).toHaveCount(0);
});

test('a case is exported as one signed file', async ({ desk, processor }) => {
  await sellLate(processor);
  const order = await find(desk, 'ANGRY-7');
  const download = desk.waitForEvent('download');
  await order.getByRole('button', { name: 'Export' }).click();
  const file = await download;
  await expect(order.getByText('The file is in the browser’s downloads.')).toBeVisible();
  const text = await readFile(await file.path(), 'utf8');
  expect(file.suggestedFilename()).toMatch(/\.json$/);
  expect(JSON.stringify(JSON.parse(text))).toContain('ANGRY-7');
});
