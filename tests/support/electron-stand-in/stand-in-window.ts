import { EventEmitter } from 'node:events';
import type { BrowserContext } from '@playwright/test';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { StandInContents } from './stand-in-contents.ts';
import type { AskMain } from './stand-in-contents.ts';
import { strict } from './strict.ts';

/** What windows need of the world around them; set once the browser runs. */
export interface WindowWorld {
  context(): BrowserContext;
  readonly askMain: AskMain;
  onOpened(window: StandInWindow): void;
  onClosed(window: StandInWindow): void;
}

/** A BrowserWindow whose page is one of Chromium's. Its place on the screen is only remembered. */
export class StandInWindow extends EventEmitter {
  readonly contents: StandInContents;
  readonly webContents: StandInContents;
  readonly #world: WindowWorld;
  #bounds: Rectangle;
  #visible: boolean;
  #maximized = false;
  #minimized = false;
  #destroyed = false;
  #painted = false;
  overlay: string | null = null;

  constructor(world: WindowWorld, options: BrowserWindowConstructorOptions) {
    super();
    this.#world = world;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#visible = options.show !== false;
    this.contents = new StandInContents(world.context(), options.webPreferences ?? {}, world.askMain);
    this.webContents = strict('WebContents', this.contents);
    this.contents.on('stand-in-painted', () => {
      if (this.#painted) return;
      this.#painted = true;
      this.emit('ready-to-show');
    });
    this.contents.on('stand-in-closed', () => this.destroy());
    world.onOpened(this);
  }

  loadURL(address: string): Promise<void> {
    return this.contents.load(address);
  }

  show(): void {
    this.#visible = true;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    this.emit('focus');
  }

  isFocused(): boolean {
    return false;
  }

  flashFrame(): void {
    // Nothing to see without a taskbar.
  }

  maximize(): void {
    this.#maximized = true;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  minimize(): void {
    this.#minimized = true;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  restore(): void {
    this.#minimized = false;
  }

  getNormalBounds(): Rectangle {
    return this.#bounds;
  }

  setBounds(bounds: Rectangle): void {
    this.#bounds = bounds;
  }

  setOverlayIcon(image: object | null, description: string): void {
    this.overlay = image ? description : null;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    if (this.#destroyed) return;
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    void this.contents.destroyPage().catch(() => undefined);
    this.emit('closed');
    this.#world.onClosed(this);
  }
}
