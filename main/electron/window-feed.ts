import type { PageNews, PagePush } from '../ipc/page-news.ts';

/** What a feed needs of a window's web contents. */
export interface FeedTarget {
  send(channel: string, payload: unknown): void;
  isDestroyed(): boolean;
}

/**
 * The desk's pushes to one window. A window that hangs is taken off, so that nothing piles up for it, and attached anew
 * with a whole picture once it answers again or was loaded again.
 */
export class WindowFeed {
  readonly #news: PageNews;
  readonly #target: FeedTarget;
  #detach: (() => void) | null = null;
  /** Pushes of an attachment that was given up are ignored, also while it is still being set up. */
  #attachment = 0;
  #held = false;
  #closed = false;

  constructor(news: PageNews, target: FeedTarget) {
    this.#news = news;
    this.#target = target;
  }

  /** Starts the pushes; when they run already, starts anew with a whole picture. */
  start(): void {
    if (this.#closed) return;
    this.stop();
    this.#held = false;
    const mine = this.#attachment;
    const detach = this.#news.attach((push) => {
      if (mine === this.#attachment) this.#send(push);
    });
    if (mine === this.#attachment) this.#detach = detach;
    else detach();
  }

  /** Ends the pushes until the page asks for them again: it has gone, or is being loaded. */
  stop(): void {
    this.#attachment += 1;
    this.#detach?.();
    this.#detach = null;
    this.#held = false;
  }

  /** Ends the pushes to a page that hangs. */
  hold(): void {
    if (this.#detach === null) return;
    this.stop();
    this.#held = true;
  }

  /** The page answers again. */
  release(): void {
    if (this.#held) this.start();
  }

  close(): void {
    this.stop();
    this.#closed = true;
  }

  #send({ name, payload }: PagePush): void {
    if (this.#target.isDestroyed()) this.stop();
    else this.#target.send(name, payload);
  }
}
