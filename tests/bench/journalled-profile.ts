/** Profiles of desks that have watched many orders, and their pages. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { BenchSetting } from './goal.ts';
import { openStation } from './station.ts';
import type { ProfileStation } from './stations/profile-station.ts';

const SHOWN_MOST_MS = 120_000;

/** @param log a gateway's data with some payments, after which the orders are made; @returns the profile's folder */
export async function profileOf({ folder }: BenchSetting, log: string, orders: number): Promise<string> {
  const dataDir = path.join(folder, `profile-${orders}`);
  const station = await openStation<ProfileStation>('profile-station.ts');
  try {
    await station.ask('make', { dataDir, log, orders });
  } finally {
    await station.close();
  }
  return dataDir;
}

/** The grid says how many rows it has, its heading and those of the groups among them. */
export async function allShown(page: Page, orders: number): Promise<void> {
  if (orders === 0) return;
  const whole = (least: number): boolean =>
    Number(document.querySelector('#queue')?.getAttribute('aria-rowcount') ?? 0) > least;
  await page.waitForFunction(whole, orders, { timeout: SHOWN_MOST_MS });
}

/** Waits until there is such an element, and for the frame it is drawn in. */
export async function painted(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor({ state: 'visible', timeout: SHOWN_MOST_MS });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}
