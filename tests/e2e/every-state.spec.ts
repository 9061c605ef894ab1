/** Every state of the screen that can be staged: accessible as it is, in Chinese, dark and where colours are few. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/e2e/axe.ts';
import { test } from '../support/e2e/fixtures.ts';
import { shots } from '../support/fake-bridge/look.ts';
import { openShot } from '../support/fake-bridge/open-shot.ts';
import type { Dress } from '../support/fake-bridge/open-shot.ts';

// Each state is one step, and whatever is wrong with it names its element: a recording would cost a fifth of the time.
test.use({ trace: 'off' });
test.skip(({ hostKind }) => hostKind !== 'browser', 'the page is the same, whoever carries it');

/** Each state is looked at in one dress, in turn, so that every dress is seen all over. */
const dresses: readonly (readonly [string, Dress])[] = [
  ['as it is', {}],
  ['in Chinese', { settings: { language: 'zh-CN' } }],
  ['in high contrast', { settings: { appearance: 'high-contrast' } }],
  ['in Chinese, dark and dense', { settings: { language: 'zh-CN', appearance: 'dark', density: 'compact' } }],
  ['without colours of its own', { forcedColors: true }],
];

/** Nothing is cut off at the side; that targets are 24 px at least is among what axe asks. */
async function expectFits(page: Page): Promise<void> {
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  expect(scroll, 'the page scrolls to the side').toBeLessThanOrEqual(client);
}

/** States that differ from another one in their dress alone are left to it. */
const dressedAlready = /-(?:dark|large|contrast|chinese|zoom|zoomed)$/;
const staged = Object.entries(shots).filter(([name]) => !dressedAlready.test(name));

for (const [n, [name, shot]] of staged.entries()) {
  const [dressed, dress] = dresses[n % dresses.length] ?? ['', {}];
  test(`${name} is accessible ${dressed}`, async ({ browser }) => {
    const { page, faults } = await openShot(browser, shot, dress);
    await expectAccessible(page);
    await expectFits(page);
    expect(faults, 'policy violations and script errors').toEqual([]);
    await page.context().close();
  });
}
