import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { DeskWindow, DeskWindowOptions } from './desk-window.ts';
import { runDeskWindow } from './desk-window.ts';
import { windowOptions } from './window-options.ts';
import { placement } from './window-state.ts';
import type { Area } from './window-state.ts';

export interface DeskWindowsOptions extends Omit<DeskWindowOptions, 'maximized'> {
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** Work areas of the displays, the primary one first. */
  readonly displays: () => readonly Area[];
  readonly preload: string;
  /** The icon of a window where the system does not take the application's; null elsewhere. */
  readonly icon: string | null;
  readonly devTools: boolean;
}

/** How far each further window stands from the one before, so that none hides another. */
const cascade = 32;

/** All windows of one profile: they share one desk, and each has its own pushes [CN1]. */
export class DeskWindows {
  readonly #options: DeskWindowsOptions;
  readonly #open = new Map<number, DeskWindow>();

  constructor(options: DeskWindowsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#open.size;
  }

  windows(): BrowserWindow[] {
    return [...this.#open.values()].map(({ window }) => window);
  }

  isOurs(webContentsId: number): boolean {
    return this.#open.has(webContentsId);
  }

  attach(webContentsId: number): void {
    this.#open.get(webContentsId)?.attach();
  }

  /** Opens a window where the last one was, or beside those that are open. */
  open(): BrowserWindow {
    const place = placement(this.#options.state.read(), this.#options.displays());
    const shift = cascade * this.#open.size;
    const shifted =
      place.x === undefined || place.y === undefined ? place : { ...place, x: place.x + shift, y: place.y + shift };
    const { createWindow, preload, icon, devTools } = this.#options;
    const window = createWindow(windowOptions({ placement: shifted, preload, icon, devTools }));
    const { id } = window.webContents;
    this.#open.set(id, runDeskWindow(window, { ...this.#options, maximized: place.maximized }));
    window.once('closed', () => this.#open.delete(id));
    return window;
  }

  /** Brings a window of ours to the front, and opens one where there is none. */
  present(): BrowserWindow {
    const [first] = this.windows();
    if (!first) return this.open();
    if (first.isMinimized()) first.restore();
    first.show();
    first.focus();
    return first;
  }

  /** Brings a window to the front with this address; a page that is open stays and only changes its view. */
  show(address: string): void {
    const window = this.present();
    if (window.webContents.getURL() === address) return;
    void window.loadURL(address).catch((error: unknown) => {
      this.#options.recovery.log('view not shown', { error: error instanceof Error ? error.message : String(error) });
    });
  }

  close(): void {
    for (const each of [...this.#open.values()]) {
      each.close();
      if (!each.window.isDestroyed()) each.window.destroy();
    }
    this.#open.clear();
  }
}
