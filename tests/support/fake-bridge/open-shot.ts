/** Opens one state of the screen, and dresses it in a language and an appearance while it stands. */
import type { Browser, Page } from '@playwright/test';
import type { SettingsChanges } from '../../../contract/settings.ts';
import { openBuiltPage } from './built-page.ts';
import type { Shot } from './shot.ts';

export interface Dress {
  readonly settings?: SettingsChanges;
  /** Where the system takes all colours away. */
  readonly forcedColors?: boolean;
}

export interface OpenShot {
  readonly page: Page;
  /** Violations of the page's policy and errors of its scripts. */
  readonly faults: readonly string[];
}

/** Whoever opened it closes `page.context()`. */
export async function openShot(browser: Browser, shot: Shot, dress: Dress = {}): Promise<OpenShot> {
  const [width, height] = shot.size ?? [1280, 800];
  const zoom = shot.zoom ?? 1;
  const context = await browser.newContext({
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: shot.dark ? 'dark' : 'light',
    contrast: shot.contrast ? 'more' : 'no-preference',
    forcedColors: dress.forcedColors ? 'active' : 'none',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const faults = await openBuiltPage(page, shot.scenario(Date.now()), shot.hash);
  await shot.act?.(page);
  if (dress.settings) await setInPage(page, dress.settings);
  return { page, faults };
}

/** Changes settings as another window of the profile would: the page follows without being loaded anew. */
async function setInPage(page: Page, changes: SettingsChanges): Promise<void> {
  await page.evaluate(async (wanted) => {
    const host: unknown = Reflect.get(window, 'tillwatchHost');
    const write: unknown = Reflect.get(Object(host) as object, 'writeSettings');
    if (typeof write === 'function') await (write as (input: unknown) => Promise<unknown>)({ changes: wanted });
    // Two frames: one that takes the change, one that has painted it.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, changes);
}
