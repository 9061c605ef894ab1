import type { BrowserContext, Route } from '@playwright/test';
import { isAppAddress, toApp } from './app-host.ts';
import type { StandInWindow } from './stand-in-window.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/** The schemes the application answers, and the requests of its pages that go there. Nothing reaches a network. */
export class StandInRoutes {
  readonly #handlers = new Map<string, Handler>();
  readonly #windowOf: (page: object) => StandInWindow | null;
  /** Addresses outside the application's scheme that a page tried to load. */
  readonly strayed: string[] = [];

  constructor(windowOf: (page: object) => StandInWindow | null) {
    this.#windowOf = windowOf;
  }

  handle(scheme: string, handler: Handler): void {
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme);
  }

  async attach(context: BrowserContext): Promise<void> {
    await context.route('**/*', (route) => this.#answer(route));
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const window = this.#windowOf(request.frame().page());
    if (!window) {
      // A page that no window has was opened by one: the handler decides, and nothing is loaded.
      const opener = await request.frame().page().opener();
      const by = opener ? this.#windowOf(opener) : null;
      await route.abort('aborted');
      by?.contents.asksToOpen(toApp(request.url()));
      await request.frame().page().close();
      return;
    }
    if (request.isNavigationRequest() && !window.contents.mayNavigate(request)) {
      await route.abort('aborted');
      return;
    }
    const handler = this.#handlers.get('app');
    if (!isAppAddress(request.url()) || !handler) {
      this.strayed.push(request.url());
      await route.abort('blockedbyclient');
      return;
    }
    const answer = await handler(new Request(toApp(request.url()), { method: request.method() }));
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }
}
