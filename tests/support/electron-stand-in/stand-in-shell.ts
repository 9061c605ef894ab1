import { EventEmitter } from 'node:events';
import type {
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NotificationConstructorOptions,
  SaveDialogOptions,
} from 'electron';

/** The parts of the system around the windows; they keep what they were told, for tests to look at. */
export class StandInTray extends EventEmitter {
  static readonly all: StandInTray[] = [];
  image: object;
  toolTip = '';
  menu: object | null = null;
  destroyed = false;
  constructor(image: object) {
    super();
    this.image = image;
    StandInTray.all.push(this);
  }
  setImage(image: object): void {
    this.image = image;
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setContextMenu(menu: object | null): void {
    this.menu = menu;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

export class StandInNotification extends EventEmitter {
  static readonly shown: StandInNotification[] = [];
  static isSupported(): boolean {
    return true;
  }
  readonly options: NotificationConstructorOptions;
  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.options = options;
  }
  show(): void {
    StandInNotification.shown.push(this);
    this.emit('show', {});
  }
  close(): void {
    this.emit('close', {});
  }
}

interface StandInMenuItem {
  readonly label: string;
  readonly submenu: { readonly items: readonly StandInMenuItem[] } | null;
  click(): void;
}

function menuItem(template: MenuItemConstructorOptions): StandInMenuItem {
  const { label = template.role ?? '', submenu, click } = template;
  return {
    label,
    submenu: Array.isArray(submenu) ? { items: submenu.map(menuItem) } : null,
    click: () => click?.(template as never, undefined, undefined as never),
  };
}

export class StandInMenu {
  static application: StandInMenu | null = null;
  readonly template: readonly MenuItemConstructorOptions[];
  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.template = template;
  }
  get items(): readonly StandInMenuItem[] {
    return this.template.map(menuItem);
  }
  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): StandInMenu {
    return new StandInMenu(template);
  }
  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.application = menu;
  }
  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.application;
  }
}

export const standInImages = {
  createFromPath: (file: string) => ({ file, isEmpty: () => false, setTemplateImage: () => undefined }),
};

export class StandInDialog {
  readonly asked: MessageBoxOptions[] = [];
  readonly faults: string[] = [];
  answer = 0;
  /** Where a person saves; null for one who does not want to. */
  saveAt: string | null = null;
  readonly saves: SaveDialogOptions[] = [];
  async showSaveDialog(...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    this.saves.push(args.at(-1) as SaveDialogOptions);
    return { canceled: this.saveAt === null, filePath: this.saveAt ?? '' };
  }
  showErrorBox(title: string, content: string): void {
    this.faults.push(`${title}: ${content}`);
  }
  async showMessageBox(...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    this.asked.push(args.at(-1) as MessageBoxOptions);
    return { response: this.answer, checkboxChecked: false };
  }
}

/** Encryption that can be undone by anyone: only that it was used can be seen here. */
export class StandInSafeStorage {
  backend = 'gnome_libsecret';
  readonly #onAsked: () => void;

  constructor(onAsked: () => void = () => undefined) {
    this.#onAsked = onAsked;
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    this.#onAsked();
    return true;
  }
  async encryptStringAsync(text: string): Promise<Buffer> {
    return Buffer.from(text, 'utf8').reverse();
  }
  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    return { result: Buffer.from(sealed).reverse().toString('utf8'), shouldReEncrypt: false };
  }
  getSelectedStorageBackend(): string {
    return this.backend;
  }
}
