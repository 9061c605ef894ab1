import type { PageNews, PagePush } from './page-news.ts';

/** What a feed needs of a socket. */
export interface FeedWire {
  /** Sends a text; `written` is called when it has left this process, or failed to. */
  send(text: string, written: () => void): void;
  /** Bytes that wait in this process. */
  buffered(): number;
  terminate(): void;
  after(delayMs: number, run: () => void): () => void;
}

export interface FeedLimits {
  /** Bytes waiting at which the page is no longer fed. */
  readonly highBytes: number;
  /** Bytes waiting at which it is fed again. */
  readonly lowBytes: number;
  /** Milliseconds after which a page that takes nothing is let go; it connects again when it can. */
  readonly stallMs: number;
}

export const feedLimits: FeedLimits = { highBytes: 16 * 1024 * 1024, lowBytes: 1024 * 1024, stallMs: 30_000 };

/**
 * The desk's pushes to one page. A page that reads slower than the desk speaks is taken off and, once it has read what
 * waits, attached again: it then gets a whole new picture, instead of a queue of old ones that grows without bound.
 */
export class PageFeed {
  readonly #news: PageNews;
  readonly #wire: FeedWire;
  readonly #limits: FeedLimits;
  #detach: (() => void) | null = null;
  /** Pushes of an attachment that was given up are ignored, also while it is still being set up. */
  #attachment = 0;
  #cancelStall: (() => void) | null = null;
  #closed = false;

  constructor(news: PageNews, wire: FeedWire, limits: FeedLimits = feedLimits) {
    this.#news = news;
    this.#wire = wire;
    this.#limits = limits;
  }

  /** Starts the pushes; when they run already, starts anew with a whole picture. */
  start(): void {
    if (this.#closed || this.#cancelStall) return;
    this.#drop();
    this.#attach();
  }

  close(): void {
    this.#closed = true;
    this.#drop();
    this.#cancelStall?.();
    this.#cancelStall = null;
  }

  #attach(): void {
    const mine = ++this.#attachment;
    const detach = this.#news.attach((push) => {
      if (mine === this.#attachment) this.#send(push);
    });
    if (mine === this.#attachment) this.#detach = detach;
    else detach();
  }

  #drop(): void {
    this.#attachment += 1;
    this.#detach?.();
    this.#detach = null;
  }

  #send({ name, payload }: PagePush): void {
    this.#wire.send(JSON.stringify({ push: name, payload }), () => this.#written());
    if (this.#wire.buffered() <= this.#limits.highBytes) return;
    this.#drop();
    this.#cancelStall = this.#wire.after(this.#limits.stallMs, () => this.#wire.terminate());
  }

  #written(): void {
    if (!this.#cancelStall || this.#closed || this.#wire.buffered() > this.#limits.lowBytes) return;
    this.#cancelStall();
    this.#cancelStall = null;
    this.#attach();
  }
}
