/** From pairing to a resolved case by the keyboard alone: no pointer is used, and nothing is focused from outside. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/e2e/axe.ts';
import { test } from '../support/e2e/fixtures.ts';
import { pendingPayment } from '../support/e2e/processor.ts';

test.skip(({ hostKind }) => hostKind !== 'browser', 'the keys are the page’s own, whoever carries it');

/** More stops than any view has. */
const MOST_STOPS = 120;

/** Goes on by Tab until the focus is where it is wanted. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return expectSeen(wanted);
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST_STOPS} stops of the keyboard do not lead to ${String(wanted)}`);
}

/** Whoever goes by the keyboard sees where they are: something is drawn around it, and it is within the window. */
async function expectSeen(focused: Locator): Promise<void> {
  await expect(focused).toBeInViewport();
  const drawn = await focused.evaluate((element) => {
    const shown = [element, element.parentElement ?? element, element.nextElementSibling ?? element].map((each) =>
      getComputedStyle(each),
    );
    return shown.some(({ outlineStyle, outlineWidth, borderColor, boxShadow }) => {
      const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      return outlined || boxShadow !== 'none' || borderColor !== getComputedStyle(document.body).borderColor;
    });
  });
  expect(drawn, 'the focus can be seen').toBe(true);
}

async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

async function pressButton(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
  [1024, 640],
] as const) {
  test(`at ${width}×${height}: pairing, finding an order and resolving its case by the keyboard alone`, async ({
    unpaired,
    gateway,
    processor,
  }) => {
    await unpaired.start();
    const page = await unpaired.open();
    await page.setViewportSize({ width, height });

    await pressButton(page, page.getByRole('button', { name: 'Type address and code instead' }));
    await typeInto(page, page.getByLabel('Gateway’s address'), gateway.url);
    await typeInto(page, page.getByLabel('Pairing code'), await gateway.pairingCode());
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Is this your gateway?' })).toBeVisible();
    await typeInto(page, page.getByLabel('Name of this desk'), 'Keyboard');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 15_000 });

    const tour = page.getByRole('region', { name: 'A tour of one minute' });
    await pressButton(page, tour.getByRole('button', { name: 'Next' }));
    await pressButton(page, tour.getByRole('button', { name: 'Skip the tour' }));
    await expect(tour).toHaveCount(0);

    const now = Math.floor(Date.now() / 1000);
    for (const reference of ['K-1', 'K-2', 'K-3']) await processor.created(pendingPayment(reference));
    const late = pendingPayment('K-LATE', { created: now - 900, expired_at: now - 300 });
    await processor.created(late);
    await processor.captured(late);
    await expect(page.getByRole('row').filter({ hasText: 'K-LATE' })).toContainText('HOLD');

    await page.keyboard.press('/');
    await page.keyboard.type('K-LATE');
    await expect(page.getByRole('row').filter({ hasText: 'K-1' })).toHaveCount(0);
    await tabTo(page, page.getByRole('grid'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const order = page.getByRole('complementary', { name: 'Order K-LATE' });
    await expect(order.getByText('Paid after the time was up')).toBeVisible();

    await pressButton(page, order.getByRole('button', { name: 'Take the case' }));
    const done = order.getByRole('status', { name: 'What became of it' });
    await expect(done).toContainText('Taking the case: done');
    await pressButton(page, order.getByRole('button', { name: 'Resolve…' }));
    const reason = page.getByRole('textbox', { name: 'Reason' });
    await expect(reason).toBeFocused();
    await page.keyboard.type('The price still holds.');
    await pressButton(page, page.getByRole('button', { name: 'Resolve the case' }));
    await expect(done).toContainText('Resolving: done');
    await expectAccessible(page);

    await page.keyboard.press('Escape');
    await expect(order).toHaveCount(0);
    await expect(page.getByRole('grid').or(page.getByText('Nothing matches')).first()).toBeVisible();
  });
}

test('the skip link leads past the head, views have keys, and a language is chosen by the keyboard', async ({
  desk,
}) => {
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  await desk.keyboard.press('Tab');
  await expect(desk.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await expect(desk.getByRole('link', { name: 'Skip to the content' })).toBeInViewport();
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('main')).toBeFocused();

  await desk.keyboard.press('Alt+3');
  await expect(desk.getByRole('heading', { level: 1, name: 'Health' })).toBeVisible();
  await desk.keyboard.press('Alt+4');
  await tabTo(desk, desk.getByLabel('Language'));
  await desk.keyboard.press('End');
  await expect(desk.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
  expect(await desk.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await expectAccessible(desk);
  await desk.keyboard.press('Alt+1');
  await expect(desk.getByText('还没有订单')).toBeVisible();
  await expectAccessible(desk);
});
