import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startFaultProxy } from '../support/fault-proxy/fault-proxy.ts';
import { expectAccessible } from '../support/e2e/axe.ts';
import { expectLive, notLiveBand, orderRow } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';
import { listenFromNowOn, timesHeard } from '../support/e2e/heard-sounds.ts';
import { pendingPayment } from '../support/e2e/processor.ts';

function card(desk: Page, reference: string) {
  return desk.getByRole('listitem').filter({ hasText: reference });
}

/** "Did they pay?", as a person asks it. */
async function ask(desk: Page, question: string) {
  await desk.keyboard.press('Control+K');
  const finder = desk.getByRole('dialog', { name: 'Find' });
  await finder.getByRole('combobox').fill(question);
  return finder;
}

for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
] as const) {
  test.describe(`a cashier at ${width}×${height}`, () => {
    test('waits for the money, sees it, hears it once, and knows when to hand over', async ({ desk, processor }) => {
      await desk.setViewportSize({ width, height });
      await listenFromNowOn(desk);
      await expectLive(desk);
      const coffee = pendingPayment('COFFEE-1');
      await processor.created(coffee);
      await expect(orderRow(desk, 'COFFEE-1')).toContainText('waiting for payment');

      await desk.getByRole('button', { name: 'Counter display' }).click();
      await expect(card(desk, 'COFFEE-1')).toContainText('$19.99');
      await expect(card(desk, 'COFFEE-1')).toContainText('Wait');
      await expect(card(desk, 'COFFEE-1')).not.toContainText('New money');
      await expectAccessible(desk);

      await processor.captured(coffee);
      await expect(card(desk, 'COFFEE-1')).toContainText('New money');
      await expect(card(desk, 'COFFEE-1')).toContainText('paid');
      await expect(card(desk, 'COFFEE-1')).toContainText('Hand it over');
      await expect.poll(() => timesHeard(desk, 'paid')).toBe(1);

      // The processor says it again, as they do; the next order shows that the desk has heard that too.
      await processor.captured(coffee);
      await processor.created(pendingPayment('TEA-2'));
      await expect(card(desk, 'TEA-2')).toContainText('Wait');
      expect([await timesHeard(desk, 'paid'), await timesHeard(desk, 'money')]).toEqual([1, 0]);

      await desk.keyboard.press('Escape');
      await expect(orderRow(desk, 'COFFEE-1')).toContainText('RELEASE');
      await expect(orderRow(desk, 'TEA-2')).toContainText('WAIT');
    });

    test('[FR2] [FR3] [FR4] sees since when the line is dead, hands nothing over, and hears what happened', async ({
      gateway,
      unpaired,
      processor,
    }) => {
      const line = await startFaultProxy(Number(new URL(gateway.url).port), `cashier ${width}`);
      await unpaired.start({ gateway: `http://127.0.0.1:${line.port}`, code: await gateway.pairingCode('staff') });
      const desk = await unpaired.open();
      await desk.setViewportSize({ width, height });
      await listenFromNowOn(desk);
      await expectLive(desk);
      const [paid, waiting] = [pendingPayment('CAKE-1'), pendingPayment('CAKE-2')];
      await processor.created(paid);
      await processor.captured(paid);
      await processor.created(waiting);
      await expect(orderRow(desk, 'CAKE-1')).toContainText('RELEASE');
      await expect(orderRow(desk, 'CAKE-2')).toContainText('WAIT');

      await expect.poll(() => timesHeard(desk, 'paid')).toBe(1);

      line.weather.blackHole = true;
      line.reset();
      await expect(notLiveBand(desk)).toBeVisible({ timeout: 20_000 });
      await expect(orderRow(desk, 'CAKE-1')).toContainText(/was RELEASE at \d/);
      await expect.poll(() => timesHeard(desk, 'lost'), { timeout: 15_000 }).toBe(1);
      const finder = await ask(desk, 'CAKE-1');
      await expect(finder.getByText(/as of \d.* · not live since \d/)).toBeVisible();
      await expect(finder.getByRole('status')).not.toContainText('Hand over');
      await expectAccessible(desk);
      await desk.keyboard.press('Escape');

      await processor.captured(waiting);
      line.weather.blackHole = false;
      line.reset();
      await expectLive(desk, 30_000);
      await expect(desk.getByText(/^Caught up: \d+ events? while you were away$/)).toBeVisible();
      await expect(orderRow(desk, 'CAKE-2')).toContainText('RELEASE');
      await expect(orderRow(desk, 'CAKE-1')).not.toContainText('was RELEASE');
      await desk.getByRole('button', { name: 'Show what happened' }).click();
      const digest = desk.getByRole('region', { name: 'While you were away' });
      await expect(digest.getByRole('listitem').filter({ hasText: 'CAKE-2' }).first()).toBeVisible();
      await expect(digest.getByRole('listitem').filter({ hasText: 'CAKE-1' })).toHaveCount(0);
      expect(await timesHeard(desk, 'lost')).toBe(1);
      await line.close();
    });

    test('is asked whether somebody paid, and finds it by whatever they show', async ({ desk, processor }) => {
      await desk.setViewportSize({ width, height });
      await expectLive(desk);
      const [paid, waiting] = [pendingPayment('BOOK-1', { amount: 4321 }), pendingPayment('BOOK-2', { amount: 8765 })];
      await processor.created(paid);
      await processor.captured(paid);
      await processor.created(waiting);
      await expect(orderRow(desk, 'BOOK-1')).toContainText('RELEASE');

      const finder = await ask(desk, '43.21');
      await expect(finder.getByRole('status')).toContainText('BOOK-1');
      await expect(finder.getByRole('status')).toContainText('Yes: paid. Hand over the goods.');
      await expect(finder.getByRole('option').first()).toContainText('exactly this amount');
      await finder.getByRole('combobox').fill('BOOK-2');
      await expect(finder.getByRole('status')).toContainText('Not yet: waiting for payment.');
      await finder.getByRole('combobox').fill('nobody@example.com');
      await expect(finder.getByRole('status')).toContainText('Nothing is known of “nobody@example.com”');
      await expectAccessible(desk);
      await finder.getByRole('combobox').fill(paid.id);
      await expect(finder.getByRole('status')).toContainText('BOOK-1');
      await desk.keyboard.press('Enter');
      await expect(desk.getByRole('heading', { name: /BOOK-1/ })).toBeFocused();

      // Enter before the answer is there takes what the answer brings.
      await ask(desk, 'go health');
      await desk.keyboard.press('Enter');
      await expect(desk.getByRole('heading', { name: 'Health' })).toBeVisible();
    });
  });
}
