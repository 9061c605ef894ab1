import type { MessageBoxOptions, Notification, ProxyConfig } from 'electron';
import type { DeskOptions } from '../desk/desk.ts';
import type { ElectronParts } from './electron-parts.ts';
import type { Timers } from './system-timers.ts';
import { installsAtQuit, mayTake, restartAnswer } from './update-policy.ts';
import type { Readiness, ReleaseChannel, UpdateMode } from './update-policy.ts';
import type { UpdateWords } from './update-words.ts';

/** Whatever asks for new versions, downloads and installs them. */
export interface UpdaterPort {
  /** @returns the version offered to this copy, which a staged roll-out may hold back; null when there is none */
  check(channel: ReleaseChannel): Promise<string | null>;
  /** Downloads what was offered and checks its signature. @throws when it is not ours */
  download(): Promise<void>;
  useProxy(proxy: ProxyConfig): Promise<void>;
  /** Whether the quit that is under way installs what was downloaded. */
  installAtQuit(on: boolean): void;
  /** @param onFailed told when nothing will be installed after all */
  installAndRestart(onFailed: () => void): void;
}

export interface UpdateOptions {
  readonly mode: Exclude<UpdateMode['mode'], 'off'>;
  readonly running: string;
  /** In the language of the moment. */
  readonly words: () => UpdateWords;
  readonly openUpdater: () => Promise<UpdaterPort>;
  readonly channel: () => ReleaseChannel;
  readonly unsettled: () => number;
  /** Ends the desk and its windows: from then on no command can be given that a restart would cut off. */
  readonly end: () => Promise<void>;
  /** Starts the application anew as it is. */
  readonly relaunch: () => void;
  /** Told of the version that waits for a restart, and of null when it does no more. */
  readonly onReady: (version: string | null) => void;
  readonly createNotification: ElectronParts['createNotification'];
  readonly ask: (question: MessageBoxOptions) => Promise<{ readonly response: number }>;
  readonly timers: Timers;
  readonly log: DeskOptions['log'];
}

/** What a look for a new version found; `busy` when another one was under way. */
export type Found = 'nothing' | 'version' | 'failed' | 'busy';

/** Late enough to leave the start alone. */
const firstCheckMs = 60_000;
const checkEveryMs = 4 * 3_600_000;
const tellAgainAfterMs = 24 * 3_600_000;

/** Looks for new versions, tells a person of each once a day, and restarts into it only when that person says so. */
export class Updates {
  readonly #options: UpdateOptions;
  /** When a version was told, in monotonic milliseconds. */
  readonly #told = new Map<string, number>();
  readonly #cancel: readonly (() => void)[];
  #updater: Promise<UpdaterPort> | null = null;
  #ready: string | null = null;
  #newest: string | null = null;
  /** Held, or it would be collected, and a click on it lost. */
  #shown: Notification | null = null;
  #busy = false;
  #closed = false;

  constructor(options: UpdateOptions) {
    this.#options = options;
    const look = () => void this.look();
    this.#cancel = [options.timers.after(firstCheckMs, look), options.timers.every(checkEveryMs, look)];
  }

  get ready(): string | null {
    return this.#ready;
  }

  /** One look for a new version, told by a notification; a failure is logged and the next look tries again. */
  async look(): Promise<Found> {
    const found = await this.#find();
    if (found === 'version' && this.#newest !== null) this.#tell(this.#newest);
    return found;
  }

  /** A person asks whether there is a new version: whatever comes of it is said. */
  async checkNow(): Promise<void> {
    const found = await this.#find();
    if (this.#closed || found === 'busy') return;
    if (found === 'failed') await this.#ask(this.#options.words().notLooked);
    else if (found === 'nothing' || this.#newest === null)
      await this.#ask(this.#options.words().newest(this.#options.running));
    else if (this.#options.mode === 'installs') await this.askToRestart();
    else await this.#ask(this.#options.words().newer(this.#newest));
  }

  /** Another channel was chosen: what waits for a restart may not be wanted any more. */
  async channelChanged(): Promise<void> {
    if (this.#ready !== null && !this.#wants(this.#ready)) this.#setReady(null);
    await this.look();
  }

  /** Asks a person, and restarts when that person agrees and no command is unsettled by then. */
  async askToRestart(): Promise<void> {
    const ready = this.#ready;
    if (ready === null) return;
    const { response } = await this.#ask(this.#options.words().restart(ready));
    if (response !== 0 || this.#closed) return;
    const answer = restartAnswer(this.#readiness());
    if (answer === 'settle-first') await this.#ask(this.#options.words().settleFirst);
    else if (answer === 'restart') await this.#restart();
  }

  /** The application begins to quit: whether it installs on its way out is decided now. */
  async quitting(): Promise<void> {
    if (this.#updater) (await this.#updater).installAtQuit(installsAtQuit(this.#readiness()));
  }

  /** The way to the network has changed; an updater that is opened later asks for itself. */
  async proxyChanged(proxy: ProxyConfig): Promise<void> {
    if (this.#updater) await (await this.#updater).useProxy(proxy);
  }

  close(): void {
    this.#closed = true;
    this.#shown = null;
    for (const cancel of this.#cancel) cancel();
  }

  async #find(): Promise<Found> {
    if (this.#busy || this.#closed) return 'busy';
    this.#busy = true;
    try {
      const updater = await this.#open();
      const offered = await updater.check(this.#options.channel());
      if (offered === null || !this.#wants(offered) || this.#closed) return 'nothing';
      if (this.#options.mode === 'installs' && this.#ready !== offered) {
        await updater.download();
        this.#setReady(offered);
      }
      this.#newest = offered;
      return 'version';
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.log('warn', 'no update taken', { error: reason.slice(0, 500) });
      return 'failed';
    } finally {
      this.#busy = false;
    }
  }

  #wants(version: string): boolean {
    return mayTake(this.#options.running, version, this.#options.channel());
  }

  #setReady(version: string | null): void {
    this.#ready = version;
    this.#options.onReady(version);
  }

  /** The desk ends first, so that its journal is closed when the installer comes. */
  async #restart(): Promise<void> {
    const updater = await this.#open();
    await this.#options.end();
    updater.installAndRestart(() => {
      this.#ready = null;
      this.#options.relaunch();
    });
  }

  #readiness(): Readiness {
    return { ready: this.#ready, unsettled: this.#options.unsettled() };
  }

  #open(): Promise<UpdaterPort> {
    this.#updater ??= this.#options.openUpdater().catch((error: unknown) => {
      this.#updater = null;
      throw error;
    });
    return this.#updater;
  }

  #ask({ message, detail, buttons }: { message: string; detail: string; buttons: readonly string[] }) {
    const last = buttons.length - 1;
    return this.#options.ask({ type: 'info', message, detail, buttons: [...buttons], defaultId: last, cancelId: last });
  }

  #tell(version: string): void {
    const { createNotification, mode, log, timers } = this.#options;
    const told = this.#told.get(version);
    if (told !== undefined && timers.monotonic() - told < tellAgainAfterMs) return;
    this.#told.set(version, timers.monotonic());
    const words = mode === 'installs' ? this.#options.words().ready(version) : this.#options.words().available(version);
    const asks = () => {
      if (mode !== 'installs') return;
      this.askToRestart().catch((error: unknown) => log('warn', 'not asked to restart', { error: String(error) }));
    };
    if (!createNotification) {
      asks();
      return;
    }
    this.#shown = createNotification({ ...words, silent: true });
    this.#shown.on('click', asks);
    this.#shown.show();
  }
}
