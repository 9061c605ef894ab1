import type { App } from 'electron';
import type { DeskOptions } from '../desk/desk.ts';
import { linkIn, readDeepLink } from './deep-links.ts';
import type { DeepLink } from './deep-links.ts';
import type { ElectronHost } from './run-electron-host.ts';
import type { ShellWords } from './english-shell-words.ts';

export interface ApplicationOptions {
  readonly app: App;
  readonly process: Pick<NodeJS.Process, 'on'>;
  readonly argv: readonly string[];
  /** Null when the profile is open elsewhere and a person was told. */
  readonly openHost: () => Promise<ElectronHost | null>;
  /** Has `run` called when the system shuts down or the user logs out; asked for once Electron is ready. */
  readonly onSystemEnds: (run: () => void) => void;
  /** Tells a person of a fault before there is a window. */
  /** In the system's language: there are no settings yet. */
  readonly words: () => ShellWords;
  readonly showFault: (title: string, message: string) => void;
  readonly log: DeskOptions['log'];
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The longest a clean end may take, in milliseconds. */
const endWithinMs = 8_000;

/**
 * The application from its start to its end: one instance per profile, the host once Electron is ready, links, and an end
 * that waits for the journal. It must not wait for Electron to be ready while the entry is evaluated: it would for ever.
 */
export function runApplication(options: ApplicationOptions): void {
  const { app, argv } = options;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const running = new Application(options);
  app.on('second-instance', (_event, words) => running.present(linkIn(words)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    running.present(readDeepLink(url));
  });
  app.on('activate', () => running.present(null));
  app.on('window-all-closed', () => {
    if (!running.staysWithoutWindow()) app.quit();
  });
  app.on('before-quit', (event) => running.quit(event));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) options.process.on(signal, () => app.quit());
  void app.whenReady().then(() => running.start(linkIn(argv)));
}

class Application {
  readonly #options: ApplicationOptions;
  #host: ElectronHost | null = null;
  /** Links that came before there was a host to show them. */
  #waiting: DeepLink[] = [];
  #ending: 'not' | 'closing' | 'closed' = 'not';
  #systemEnds = false;

  constructor(options: ApplicationOptions) {
    this.#options = options;
  }

  async start(link: DeepLink | null): Promise<void> {
    const { app, log, onSystemEnds } = this.#options;
    onSystemEnds(() => (this.#systemEnds = true));
    try {
      const host = await this.#options.openHost();
      if (!host) {
        app.quit();
        return;
      }
      if (this.#ending !== 'not') {
        await host.close();
        return;
      }
      this.#host = host;
      for (const each of [...(link ? [link] : []), ...this.#waiting]) this.#host.show(each);
      this.#waiting = [];
    } catch (error) {
      log('error', 'could not open', { error: error instanceof Error ? error.stack : String(error) });
      const reason = error instanceof Error ? error.message : String(error);
      const { title, message } = this.#options.words().notOpened;
      this.#options.showFault(title, message(reason));
      app.exit(1);
    }
  }

  /** Brings the application to the front, and shows what a link asks for. */
  present(link: DeepLink | null): void {
    if (this.#host) {
      this.#host.windows.present();
      if (link) this.#host.show(link);
    } else if (link) {
      this.#waiting.push(link);
    }
  }

  staysWithoutWindow(): boolean {
    return this.#host?.shell.staysWithoutWindow() ?? false;
  }

  /**
   * The first quit waits for the journal, then quits again; one that takes too long is cut. A quit because the system ends
   * is not held up: macOS would take that for a refusal and stop the whole shutdown. The journal is whole at any moment.
   */
  quit(event: { preventDefault(): void }): void {
    if (this.#ending === 'closed' || !this.#host) {
      this.#ending = 'closed';
      return;
    }
    if (!this.#systemEnds) event.preventDefault();
    if (this.#ending === 'closing') return;
    this.#ending = 'closing';
    const { app, log, after } = this.#options;
    const cut = after(endWithinMs, () => app.exit(1));
    void this.#host.close().then(
      () => {
        cut();
        this.#ending = 'closed';
        app.quit();
      },
      (error: unknown) => {
        log('error', 'did not close cleanly', { error: error instanceof Error ? error.stack : String(error) });
        app.exit(1);
      },
    );
  }
}
