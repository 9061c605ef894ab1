import type { Page } from '@playwright/test';
import { whenReady } from './page-faults.ts';

/** The first tone of each sound, in hertz, by which it is told from the others. */
const firstTones = { money: 880, paid: 784, lost: 523.3 } as const;

/** Loads the page anew with an ear at its audio, and touches it once: before that no browser makes a sound. */
export async function listenFromNowOn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: number[] = [];
    Object.assign(window, { heardTones: heard });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      heard.push(Math.round(this.frequency.value * 10) / 10);
      start.call(this, when);
    };
  });
  await page.reload();
  await whenReady(page);
  await page.mouse.click(2, 2);
}

/** How often a sound was made since. */
export async function timesHeard(page: Page, sound: keyof typeof firstTones): Promise<number> {
  const tones = await page.evaluate(() => (window as unknown as { heardTones: number[] }).heardTones);
  return tones.filter((tone) => tone === firstTones[sound]).length;
}
