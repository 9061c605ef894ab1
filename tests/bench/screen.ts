/** The product's own page in a real browser, carried by the real browser host in a process of its own. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { buildPage } from '../support/e2e/built-page.ts';
import { whenReady } from '../support/e2e/page-faults.ts';
import { Program, root } from '../support/e2e/program.ts';
import { NotMeasurable } from './not-measurable.ts';
import { watchPage } from './page-watch.ts';
import type { PageWatch } from './page-watch.ts';

/** @throws NotMeasurable where no browser is known */
export async function openBrowser(): Promise<Browser> {
  const note = path.join(root, '.cache', 'browser.json');
  if (!existsSync(note)) throw new NotMeasurable('no browser is known; run "npm run setup" first');
  const { executablePath } = JSON.parse(readFileSync(note, 'utf8')) as { executablePath: string };
  buildPage();
  const args = ['--no-sandbox', '--disable-background-networking', '--disable-gpu', '--no-first-run', '--disable-sync'];
  return chromium.launch({ executablePath, headless: true, args });
}

export interface HostOptions {
  /** The profile. */
  readonly data: string;
  readonly pairing?: { readonly gateway: string; readonly code: string };
  /** Folder for a processor profile of the host; none without. */
  readonly profile?: string | null;
  /** Whether its heap can be looked at. */
  readonly inspected?: boolean;
}

/** A running desk without a page. */
export class Host {
  readonly #program: Program;
  readonly link: string;

  private constructor(program: Program, link: string) {
    this.#program = program;
    this.link = link;
  }

  static async start({ data, pairing, profile = null, inspected = false }: HostOptions): Promise<Host> {
    const pair = pairing ? ['--gateway', pairing.gateway, '--pair', pairing.code, '--name', 'Bench'] : [];
    const options = [
      ...(profile === null ? [] : [`--cpu-prof --cpu-prof-dir=${profile}`]),
      ...(inspected ? ['--inspect=127.0.0.1:0'] : []),
    ];
    const program = new Program('main/browser.ts', ['--data', data, '--port', '0', '--no-open', ...pair], {
      NODE_OPTIONS: options.join(' '),
      // As the launcher starts it.
      NODE_COMPILE_CACHE: path.join(data, 'compiled'),
    });
    const [, link = ''] = await program.waitForLine(/^Tillwatch is open at (http:\/\/\S+)$/);
    return new Host(program, link);
  }

  /** The address of its inspector. @throws Error when it was not started so */
  get inspector(): string {
    const told = this.#program.errors.map((line) => /^Debugger listening on (ws:\S+)$/.exec(line)?.[1]);
    const address = told.find((each) => each !== undefined);
    if (address === undefined) throw new Error('the host has no inspector');
    return address;
  }

  async close(): Promise<void> {
    await this.#program.end();
  }
}

export interface Screen {
  readonly page: Page;
  readonly watch: PageWatch;
  close(): Promise<void>;
}

/** Opens the page of a host and waits for its first picture. */
export async function openScreen(
  browser: Browser,
  host: Host,
  /** What is waited for before the page has fetched all its parts. */
  first: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Screen> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const watch = await watchPage(page);
  await page.goto(host.link);
  await first(page);
  await whenReady(page);
  return { page, watch, close: () => context.close() };
}
