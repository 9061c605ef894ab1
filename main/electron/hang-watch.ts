/**
 * Notices a page whose script no longer ends, long before Chromium would tell. A page that merely waits for a processor,
 * because the machine is busy with something else, is left alone: to load it again would take it only longer.
 */
export interface HangPorts {
  /** Asks the page for a sign of life; resolves when it gave one. */
  readonly ask: () => Promise<void>;
  /** Milliseconds of processor time that the page's process has used so far; null where the system does not tell. */
  readonly worked: () => number | null;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  /** Calls `run` every `ms`; @returns a function that ends it. */
  readonly every: (ms: number, run: () => void) => () => void;
  readonly onHang: (hang: Hang) => void;
}

export interface Hang {
  /** Milliseconds since the question that was not answered. */
  readonly silentMs: number;
  /** Milliseconds that the page worked meanwhile, but for the first quarter of a second; null where unknown. */
  readonly workedMs: number | null;
}

/** Noticed within 2 s at the most, so that a page that hangs is back within 3. */
const askEveryMs = 250;
const leastSilentMs = 1_500;
/** Looks that have to find the page silent: after a sleep of the machine the first one counts for nothing. */
const silentLooks = 3;
/** What a page that hangs in its script works meanwhile, on a processor of its own. */
const leastWorkedMs = 1_000;
/** A page that is silent and does not work either, hangs all the same. */
const idleMs = 15_000;

export interface HangWatch {
  /** Starts to watch, or starts anew: the page was loaded. */
  start(): void;
  stop(): void;
}

function since(before: number | null, now: number | null): number | null {
  return before === null || now === null ? null : now - before;
}

export function createHangWatch({ ask, worked, monotonic, every, onHang }: HangPorts): HangWatch {
  let end: (() => void) | null = null;
  /** When the question that is still open was asked. */
  let open: { readonly at: number; looks: number; worked: number | null } | null = null;

  function question(): void {
    const mine = { at: monotonic(), looks: 0, worked: null };
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
    // Nearly every question is answered by now: only where it is not is the system asked.
    if (open.looks === 1) open.worked = worked();
    const silentMs = monotonic() - open.at;
    if (silentMs < leastSilentMs || open.looks < silentLooks) return;
    const workedMs = since(open.worked, worked());
    if (silentMs < idleMs && workedMs !== null && workedMs < leastWorkedMs) return;
    stop();
    onHang({ silentMs, workedMs });
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
