import type { Page } from '@playwright/test';

/** Waits until the first picture was painted. */
export async function whenReady(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
}

/** Collects every violation of the page's policy and every uncaught error, from the page's next load on. */
export async function watchFaults(page: Page, faults: string[]): Promise<void> {
  await page.exposeFunction('tillwatchTestFault', (fault: string) => void faults.push(fault));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = (globalThis as unknown as { tillwatchTestFault: (fault: string) => void }).tillwatchTestFault;
      tell(`${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
}
