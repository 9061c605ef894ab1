/** Notices a page whose script no longer runs, long before Chromium would tell. */
export interface HangPorts {
  /** Asks the page for a sign of life; resolves when it gave one. */
  readonly ask: () => Promise<void>;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  /** Calls `run` every `ms`; @returns a function that ends it. */
  readonly every: (ms: number, run: () => void) => () => void;
  readonly onHang: () => void;
}

/** Noticed within 2 s at the most, so that a page that hangs is back within 3. */
const askEveryMs = 250;
const silentMs = 1_500;
/** Looks that have to find the page silent: after a sleep of the machine the first one counts for nothing. */
const silentLooks = 3;

export interface HangWatch {
  /** Starts to watch, or starts anew: the page was loaded. */
  start(): void;
  stop(): void;
}

export function createHangWatch({ ask, monotonic, every, onHang }: HangPorts): HangWatch {
  let end: (() => void) | null = null;
  /** When the question that is still open was asked. */
  let open: { readonly at: number; looks: number } | null = null;

  function question(): void {
    const mine = { at: monotonic(), looks: 0 };
    open = mine;
    const answered = () => {
      if (open === mine) open = null;
    };
    // A question that cannot be asked is no hang: the page is going or gone, and that is told by other means.
    ask().then(answered, answered);
  }

  function look(): void {
    if (!open) {
      question();
      return;
    }
    open.looks += 1;
    if (monotonic() - open.at < silentMs || open.looks < silentLooks) return;
    stop();
    onHang();
  }

  function stop(): void {
    end?.();
    end = null;
    open = null;
  }

  return {
    start() {
      stop();
      end = every(askEveryMs, look);
    },
    stop,
  };
}
