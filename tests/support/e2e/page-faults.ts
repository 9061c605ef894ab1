import type { Page } from '@playwright/test';

/** Waits until the first picture was painted. */
export async function whenReady(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
}

const told = 'policy violation: ';

/**
 * Collects every violation of the page's policy and every uncaught error, from the page's next load on. Told by the
 * console: a function given to the page would get in the way of those that Electron's stand-in gives it.
 */
export async function watchFaults(page: Page, faults: string[]): Promise<void> {
  page.on('console', (message) => {
    if (message.text().startsWith(told)) faults.push(message.text().slice(told.length));
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  await page.addInitScript((prefix) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
      // eslint-disable-next-line no-console -- it runs in the page, and this is the way out of it
      console.error(`${prefix}${effectiveDirective} refused ${blockedURI} at ${sourceFile}:${lineNumber}`);
    });
  }, told);
}
