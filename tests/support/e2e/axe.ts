import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

const options: Parameters<AxeBuilder['options']>[0] = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  // Each violation still comes with all its elements. Of what passes axe would describe every element as well, which takes
  // a third of its time and is read by nobody.
  resultTypes: ['violations'],
};

/** Fails with every accessibility violation on the page by WCAG 2.2 AA, each with its element. */
export async function expectAccessible(page: Page): Promise<void> {
  // The other mode opens a page of its own, which Electron has no way to; a page without frames needs none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze();
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`,
  );
  expect(told, 'accessibility violations').toEqual([]);
}
