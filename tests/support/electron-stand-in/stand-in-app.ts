import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CPUUsage, LoginItemSettings, Settings } from 'electron';
import { renderersSeconds } from './renderer-time.ts';

/** Where an instance that runs can be asked to come to the front. */
const lockName = 'stand-in-instance';

/** Electron's `app`: starts when told to, quits as Electron does, and notes what the system would have been told. */
export class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #beforeExit: () => Promise<void>;
  readonly #windows: () => readonly { close(): void }[];
  readonly noted: {
    sandbox: boolean;
    badge: number;
    protocols: string[];
    login: Settings | null;
    privileged: boolean;
    locked: boolean;
    userModelId: string | null;
    toastActivator: string | null;
    /** Where crash dumps go: read when the reporter starts, and never after. */
    crashDumps: string | null;
  } = {
    ...{ sandbox: false, badge: 0, protocols: [], login: null, privileged: false, locked: false },
    ...{ userModelId: null, toastActivator: null, crashDumps: null },
  };
  #isReady = false;
  #quitting = false;
  /** True once it has begun to end: it never becomes ready after that. */
  ending = false;

  constructor(windows: () => readonly { close(): void }[], beforeExit: () => Promise<void>) {
    super();
    this.#windows = windows;
    this.#beforeExit = beforeExit;
  }

  emitReady(): void {
    this.#isReady = true;
    this.emit('ready');
    this.#ready.resolve(undefined);
  }

  isReady(): boolean {
    return this.#isReady;
  }

  async whenReady(): Promise<void> {
    await this.#ready.promise;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() comes before ready');
    this.noted.sandbox = true;
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? path.join(tmpdir(), 'tillwatch-stand-in', name);
  }

  setPath(name: string, value: string): void {
    if (!path.isAbsolute(value)) throw new Error(`app.setPath takes an absolute path, not ${value}`);
    if (!existsSync(value)) throw new Error(`app.setPath takes a folder that is there, and ${value} is not`);
    this.#paths.set(name, value);
  }

  get #lock(): string {
    return path.join(this.getPath('userData'), lockName);
  }

  /** The file holds the process id; whoever finds a living one is the second. */
  requestSingleInstanceLock(): boolean {
    try {
      writeFileSync(this.#lock, String(process.pid), { flag: 'wx' });
    } catch {
      const holder = Number(readFileSync(this.#lock, 'utf8'));
      try {
        writeFileSync(`${this.#lock}.argv`, JSON.stringify(process.argv));
        process.kill(holder, 'SIGUSR2');
        return false;
      } catch {
        writeFileSync(this.#lock, String(process.pid));
      }
    }
    this.noted.locked = true;
    process.on('SIGUSR2', () => {
      const argv: unknown = JSON.parse(readFileSync(`${this.#lock}.argv`, 'utf8'));
      this.emit('second-instance', {}, argv, process.cwd(), undefined);
    });
    return true;
  }

  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (prevented) {
      this.#quitting = false;
      return;
    }
    for (const window of this.#windows()) window.close();
    this.emit('will-quit', { preventDefault: () => undefined });
    this.exit(0);
  }

  exit(code = 0): void {
    this.ending = true;
    if (this.noted.locked) rmSync(this.#lock, { force: true });
    this.emit('quit', {}, code);
    void this.#beforeExit().finally(() => process.exit(code));
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  setBadgeCount(count = 0): boolean {
    this.noted.badge = count;
    return true;
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.noted.protocols.push(scheme);
    return true;
  }

  setAppUserModelId(id: string): void {
    this.noted.userModelId = id;
  }

  setToastActivatorCLSID(id: string): void {
    if (!/^\{?[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}?$/i.test(id)) throw new Error(`not a CLSID: ${id}`);
    this.noted.toastActivator = id;
  }

  getLoginItemSettings(): Pick<LoginItemSettings, 'openAtLogin'> {
    return { openAtLogin: this.noted.login?.openAtLogin ?? false };
  }

  setLoginItemSettings(settings: Settings): void {
    this.noted.login = settings;
  }

  /** Of the pages alone, taken together. */
  getAppMetrics(): { pid: number; type: 'Tab'; cpu: CPUUsage }[] {
    const seconds = renderersSeconds(process.pid);
    const used = seconds === undefined ? {} : { cumulativeCPUUsage: seconds };
    return [{ pid: process.pid, type: 'Tab', cpu: { percentCPUUsage: 0, idleWakeupsPerSecond: 0, ...used } }];
  }

  focus(): void {
    this.emit('stand-in-focus');
  }
}
