import path from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { ElectronApplication, ElectronLauncher } from '../electron/electron-application.ts';
import { clickMenu } from '../electron/menu-click.ts';
import type { DeskHost, Pairing } from './desk-host.ts';
import { watchFaults, whenReady } from './page-faults.ts';
import { PATIENCE } from '../patience.ts';

/** The desktop application, on Electron or its stand-in. */
export class ElectronDeskHost implements DeskHost {
  readonly #dir: string;
  readonly #launcher: ElectronLauncher;
  readonly #media: Parameters<Page['emulateMedia']>[0];
  #application: ElectronApplication | null = null;
  readonly faults: string[] = [];

  constructor(dir: string, launcher: ElectronLauncher, media: Parameters<Page['emulateMedia']>[0]) {
    this.#dir = dir;
    this.#launcher = launcher;
    this.#media = media;
  }

  get application(): ElectronApplication {
    if (!this.#application) throw new Error('the application does not run');
    return this.#application;
  }

  /** What a start of this profile has on its command line. */
  get profile(): readonly string[] {
    return ['--data', path.join(this.#dir, 'desk')];
  }

  get launcher(): ElectronLauncher {
    return this.#launcher;
  }

  async start(pairing?: Pairing): Promise<void> {
    const pair = pairing ? ['--gateway', pairing.gateway, '--pair', pairing.code, '--name', 'Front counter'] : [];
    this.#application = await this.#launcher.launch([...this.profile, ...pair]);
  }

  open(): Promise<Page> {
    return this.#ready(0);
  }

  async openAnother(): Promise<Page> {
    const before = this.application.windows().length;
    await clickMenu(this.application, 'New window');
    return this.#ready(before);
  }

  /** The window opened as the `index`th. It is loaded once more, so that nothing escapes those who watch it. */
  async #ready(index: number): Promise<Page> {
    await expect.poll(() => this.application.windows().length, PATIENCE).toBeGreaterThan(index);
    const page = this.application.windows()[index];
    if (!page) throw new Error('the window has gone again');
    await whenReady(page);
    await page.emulateMedia(this.#media);
    await watchFaults(page, this.faults);
    await page.reload();
    await whenReady(page);
    return page;
  }

  /** Takes away the faults that a test made itself. @returns how many they were */
  forgive(expected: RegExp): number {
    const others = this.faults.filter((fault) => !expected.test(fault));
    const count = this.faults.length - others.length;
    this.faults.splice(0, this.faults.length, ...others);
    return count;
  }

  async stop(): Promise<void> {
    const application = this.#application;
    this.#application = null;
    const code = await application?.close();
    if (code) throw new Error(`the application ended with ${code}\n${application?.output() ?? ''}`);
  }

  close(): Promise<void> {
    return this.stop();
  }
}
