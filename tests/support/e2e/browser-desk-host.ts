import path from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { DeskHost, Pairing } from './desk-host.ts';
import { watchFaults, whenReady } from './page-faults.ts';
import { Program } from './program.ts';

/** The browser host as a process of its own, and a browser that its link lets in. */
export class BrowserDeskHost implements DeskHost {
  readonly #dir: string;
  readonly #browser: Browser;
  #context: BrowserContext | null = null;
  #program: Program | null = null;
  readonly faults: string[] = [];
  /** The link of the launch that runs. */
  link = '';

  constructor(dir: string, browser: Browser) {
    this.#dir = dir;
    this.#browser = browser;
  }

  async start(pairing?: Pairing): Promise<void> {
    const pair = pairing ? ['--gateway', pairing.gateway, '--pair', pairing.code, '--name', 'Front counter'] : [];
    const args = ['--data', path.join(this.#dir, 'desk'), '--port', '0', '--no-open', ...pair];
    this.#program = new Program('main/browser.ts', args);
    this.link = (await this.#program.waitForLine(/^Tillwatch is open at (http:\/\/\S+)$/))[1] ?? '';
  }

  async open(): Promise<Page> {
    this.#context ??= await this.#browser.newContext();
    const page = await this.#context.newPage();
    await watchFaults(page, this.faults);
    await page.goto(this.link);
    await whenReady(page);
    return page;
  }

  openAnother(): Promise<Page> {
    return this.open();
  }

  async stop(): Promise<void> {
    await this.#program?.end();
    this.#program = null;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#context?.close();
  }
}
