import type { BrowserContext, Page, Request as PageRequest, Route } from '@playwright/test';
import { isAppAddress, toApp } from './app-host.ts';
import type { StandInWindow } from './stand-in-window.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/** The schemes the application answers, and the requests of its pages that go there. Nothing reaches a network. */
export class StandInRoutes {
  readonly #handlers = new Map<string, Handler>();
  readonly #windowOf: (page: object) => StandInWindow | null;
  readonly #asksToOpen: (url: string) => void;
  /** Addresses outside the application's scheme that a page tried to load. */
  readonly strayed: string[] = [];

  constructor(windowOf: (page: object) => StandInWindow | null, asksToOpen: (url: string) => void) {
    this.#windowOf = windowOf;
    this.#asksToOpen = asksToOpen;
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
    const page = pageOf(request);
    const window = page && this.#windowOf(page);
    if (!window) {
      // A page that no window has was opened by one: the handler decides, and nothing is loaded.
      await route.abort('aborted');
      this.#asksToOpen(toApp(request.url()));
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

/** The page of a request; null for one that is only being opened. */
function pageOf(request: PageRequest): Page | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}
