import type { App, BrowserWindow, Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import { trayTemplate } from './menu-template.ts';
import type { MenuActions } from './menu-template.ts';
import type { ShellWords } from './english-shell-words.ts';
import type { ShellLevel, ShellView } from './shell-view.ts';

export interface FacePorts {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly platform: NodeJS.Platform;
  /** Null where the system has no tray. */
  readonly createTray: ((image: NativeImage) => Tray) | null;
  readonly buildMenu: (template: MenuItemConstructorOptions[]) => Menu;
  readonly imageOf: (level: ShellLevel) => NativeImage;
  readonly windows: () => readonly BrowserWindow[];
  readonly actions: MenuActions;
  /** In the language of the moment. */
  readonly words: () => ShellWords;
  /** The version that waits for a restart; null when there is none. */
  readonly ready: () => string | null;
}

/** Tray, dock and taskbar, as far as the system has them: they show the worst that is the case. */
export class DesktopFace {
  readonly #ports: FacePorts;
  #tray: Tray | null;
  #view: ShellView;

  constructor(ports: FacePorts, view: ShellView) {
    this.#ports = ports;
    this.#view = view;
    this.#tray = ports.createTray?.(ports.imageOf(view.level)) ?? null;
    this.#tray?.on('click', () => ports.actions.present());
    this.show(view);
  }

  get hasTray(): boolean {
    return this.#tray !== null;
  }

  show(view: ShellView): void {
    this.#view = view;
    const { app, platform, imageOf } = this.#ports;
    if (this.#tray) {
      this.#tray.setImage(imageOf(view.level));
      this.#tray.setToolTip(this.#ports.words().toolTip(view.words));
    }
    this.redraw();
    if (platform === 'win32') this.dress();
    else app.setBadgeCount(view.eyes);
  }

  /** Sets the tray's menu anew: Linux takes no change of one that is set. */
  redraw(): void {
    const { buildMenu, actions, ready, words } = this.#ports;
    const state = { words: words().menu, standing: this.#view.words, ready: ready() };
    this.#tray?.setContextMenu(buildMenu(trayTemplate(state, actions)));
  }

  /** Windows has no count on its taskbar: a small picture over the button, for each window that is open. */
  dress(): void {
    if (this.#ports.platform !== 'win32') return;
    const { level, words } = this.#view;
    const overlay = level === 'live' ? null : this.#ports.imageOf(level);
    for (const window of this.#ports.windows()) window.setOverlayIcon(overlay, overlay ? words : '');
  }

  close(): void {
    this.#tray?.destroy();
    this.#tray = null;
    this.#ports.app.setBadgeCount(0);
  }
}
