/**
 * What a page shows and when. Times are epoch milliseconds of this machine, so that they can be set beside those of
 * another process; "painted" is the first task after the frame in which it was drawn.
 */
import type { Page } from '@playwright/test';

export interface PageLog {
  /** When each reference was first painted. */
  readonly painted: Readonly<Record<string, number>>;
  /** States of the connection as they reached the page, and when the frame after them was painted. */
  readonly states: readonly {
    readonly state: string;
    readonly current: boolean;
    readonly at: number;
    readonly paintedAt: number;
  }[];
  /** Milliseconds of tasks that held the page up for more than 50. */
  readonly longTasks: readonly { readonly at: number; readonly ms: number }[];
  /** From a key or a click to the next paint, milliseconds, where that took 16 or more. */
  readonly slowInputs: readonly { readonly at: number; readonly ms: number }[];
}

export interface PageWatch {
  read(): Promise<PageLog>;
  /** Forgets what was seen so far. */
  clear(): Promise<void>;
}

declare global {
  interface Window {
    benchLog: {
      painted: Record<string, number>;
      states: { state: string; current: boolean; at: number; paintedAt: number }[];
      longTasks: { at: number; ms: number }[];
      slowInputs: { at: number; ms: number }[];
    };
  }
}

/** Watches from the page's next load on. */
export async function watchPage(page: Page): Promise<PageWatch> {
  await page.addInitScript(watchInPage);
  return {
    read: () => page.evaluate(() => window.benchLog),
    clear: () =>
      page.evaluate(() => {
        window.benchLog = { painted: {}, states: [], longTasks: [], slowInputs: [] };
      }),
  };
}

/** Runs in the page: it may use nothing from here. */
function watchInPage(): void {
  window.benchLog = { painted: {}, states: [], longTasks: [], slowInputs: [] };
  const afterPaint = (run: (at: number) => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => run(Date.now());
      port2.postMessage(null);
    });
  };
  let fresh: string[] = [];
  const seen = (reference: string): void => {
    if (fresh.push(reference) > 1) return;
    afterPaint((at) => {
      for (const each of fresh) window.benchLog.painted[each] ??= at;
      fresh = [];
    });
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        const named = node instanceof Element ? node.querySelectorAll('strong[title^="R-"]') : [];
        for (const each of named) seen(each.textContent);
      }
    }
  }).observe(document, { childList: true, subtree: true });

  const since = performance.timeOrigin;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      window.benchLog.longTasks.push({ at: since + startTime, ms: duration });
    }
  }).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      if (name === 'keydown') window.benchLog.slowInputs.push({ at: since + startTime, ms: duration });
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);

  const { WebSocket } = window;
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL) {
      super(url);
      this.addEventListener('message', ({ data }: MessageEvent<string>) => {
        if (!data.startsWith('{"push":"desk.state"')) return;
        const { payload } = JSON.parse(data) as { payload: { connection: { state: string }; current: boolean } };
        const entry = { state: payload.connection.state, current: payload.current, at: Date.now(), paintedAt: 0 };
        window.benchLog.states.push(entry);
        afterPaint((at) => (entry.paintedAt = at));
      });
    }
  };
}
