import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page, Request as PageRequest } from '@playwright/test';
import type { WebPreferences, WindowOpenHandlerResponse } from 'electron';
import { toApp, toWeb } from './app-host.ts';
import { StandInWorlds } from './stand-in-worlds.ts';
import type { WorldFrame } from './stand-in-worlds.ts';
import { strict } from './strict.ts';
import { createWireCodec } from './wire-codec.ts';
import { worldNames } from './world-scripts.ts';
import type { Asked, Told } from './world-scripts.ts';

type OpenHandler = (details: { url: string }) => WindowOpenHandlerResponse;

/** An event whose default a listener may prevent. */
export class PreventableEvent {
  defaultPrevented = false;
  readonly url: string;
  readonly isMainFrame: boolean;
  constructor(url: string, isMainFrame: boolean) {
    this.url = url;
    this.isMainFrame = isMainFrame;
  }
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

const codec = createWireCodec();
let lastId = 0;

/** Answers what a frame of some contents sends to main. */
export type AskMain = (contents: StandInContents, frame: object, asked: Asked) => Promise<Told>;

/** A window's web contents as a page of the browser; a crashed page cannot be used again and is replaced by a new one. */
export class StandInContents extends EventEmitter {
  readonly id = ++lastId;
  readonly #context: BrowserContext;
  readonly #preferences: WebPreferences;
  readonly #askMain: AskMain;
  #page: Promise<Page>;
  #current: Page | null = null;
  #worlds: StandInWorlds | null = null;
  #sent: Promise<unknown> = Promise.resolve();
  /** Opened with the page: one that hangs takes no new session. */
  #devTools: CDPSession | null = null;
  #address = '';
  #ours = false;
  #crashed = false;
  #destroyed = false;
  #openHandler: OpenHandler | null = null;

  constructor(context: BrowserContext, preferences: WebPreferences, askMain: AskMain) {
    super();
    this.#context = context;
    this.#preferences = preferences;
    this.#askMain = askMain;
    this.#page = this.#newPage();
  }

  async #newPage(): Promise<Page> {
    const page = await this.#context.newPage();
    page.on('crash', () => {
      this.#crashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && frame.url() !== 'about:blank') this.#address = toApp(frame.url());
    });
    page.on('popup', (popup) => void popup.close().catch(() => undefined));
    page.on('close', () => {
      if (page === this.#current && !this.#crashed) this.emit('stand-in-closed');
    });
    this.#devTools = await this.#context.newCDPSession(page);
    this.#worlds = await this.#openWorlds(page, this.#devTools);
    this.#current = page;
    return page;
  }

  async #openWorlds(page: Page, devTools: CDPSession): Promise<StandInWorlds | null> {
    const { preload, contextIsolation = true } = this.#preferences;
    if (preload === undefined) return null;
    const script = { preload: readFileSync(preload, 'utf8'), isolated: contextIsolation };
    return StandInWorlds.open(devTools, script, (frame, asked) =>
      this.#askMain(this, this.#frameFace(page, frame), asked),
    );
  }

  /** A frame's face towards main: its address on the application's scheme, and who contains it. */
  #frameFace(page: Page, { isMain }: Pick<WorldFrame, 'isMain'>): object {
    const url = toApp(page.mainFrame().url());
    if (isMain) return strict('WebFrameMain', { url, parent: null, frameTreeNodeId: this.id * 1_000 });
    const parent = this.#frameFace(page, { isMain: true });
    return strict('WebFrameMain', { url, parent, frameTreeNodeId: this.id * 1_000 + 1 });
  }

  owns(page: Page): boolean {
    return this.#current === page;
  }

  /** Asks the guards about a navigation that the page began; true when it may go on. */
  mayNavigate(request: PageRequest): boolean {
    const main = request.frame().parentFrame() === null;
    if (this.#ours && main) {
      this.#ours = false;
      this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url: toApp(request.url()) });
      return true;
    }
    const url = toApp(request.url());
    const events = [new PreventableEvent(url, main), new PreventableEvent(url, main)] as const;
    this.emit('will-frame-navigate', events[0]);
    if (main) this.emit(request.redirectedFrom() ? 'will-redirect' : 'will-navigate', events[1]);
    return !events.some(({ defaultPrevented }) => defaultPrevented);
  }

  asksToOpen(url: string): void {
    const answer = this.#openHandler?.({ url }) ?? { action: 'allow' };
    if (answer.action !== 'deny') throw new Error(`a window was allowed to open: ${url}`);
  }

  get mainFrame(): object {
    if (!this.#current) throw new Error('the page is not there yet');
    return this.#frameFace(this.#current, { isMain: true });
  }

  async load(address: string): Promise<void> {
    const page = await this.#page;
    const sameDocument = address.split('#')[0] === this.#address.split('#')[0] && address !== this.#address;
    this.#ours = !sameDocument;
    await page.goto(toWeb(address), { waitUntil: 'load' });
    this.emit('did-finish-load');
    this.emit('stand-in-painted');
  }

  reload(): void {
    const before = this.#current;
    const address = this.#address;
    this.#page = (async () => {
      if (!this.#crashed) return before ?? this.#newPage();
      const page = await this.#newPage();
      this.#crashed = false;
      await before?.close();
      return page;
    })();
    void this.load(address).catch((error: unknown) => this.emit('stand-in-fault', error));
  }

  send(channel: string, ...args: unknown[]): void {
    const told = { channel, args: codec.encode(args) };
    const worlds = this.#worlds;
    // One after the other: Electron keeps the order of messages, and nobody promises it of calls into a page.
    this.#sent = this.#sent.then(() => worlds?.tell(told));
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.#page).evaluate(code);
  }

  /** Only the preload script's world is there to look into. */
  async executeJavaScriptInIsolatedWorld(world: number, [script]: readonly { code: string }[]): Promise<unknown> {
    if (world !== 999 || !script) throw new Error(`world ${world} is not imitated`);
    await this.#page;
    return this.#worlds?.evaluate(script.code);
  }

  /** What main answers to the first subframe, if a script there got hold of the way to main. */
  async askFromSubframe(asked: Asked): Promise<unknown> {
    await this.#page;
    const [frame] = this.#worlds?.subframes() ?? [];
    if (frame === undefined) throw new Error('the page has no subframe');
    const { binding, deliver } = worldNames;
    const ask = `new Promise((resolve) => {
      globalThis.${deliver} = resolve;
      ${binding}(${JSON.stringify(JSON.stringify(asked))});
    })`;
    return this.#worlds?.evaluate(ask, frame);
  }

  /** All pages here count as one process, which has the host's id. */
  getOSProcessId(): number {
    return process.pid;
  }

  forcefullyCrashRenderer(): void {
    // It is never answered: the page that would answer is gone.
    void this.#devTools?.send('Page.crash').catch(() => undefined);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  getURL(): string {
    return this.#address;
  }

  /** Not in electron.d.ts, and there all the same: what a window was made with. */
  getLastWebPreferences(): WebPreferences {
    return this.#preferences;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  async destroyPage(): Promise<void> {
    this.#destroyed = true;
    await (await this.#page).close();
  }
}
