/** Growing lock-outs after repeated failures, per desk or per address. Pure but for its memory: time is an argument. */
export interface LockoutPolicy {
  /** Failures without consequence. */
  readonly free: number;
  readonly firstMs: number;
  readonly mostMs: number;
  /** Failures are forgotten when none came for this long. */
  readonly forgetMs: number;
}

export const LOCKOUT: LockoutPolicy = { free: 10, firstMs: 1_000, mostMs: 900_000, forgetMs: 3_600_000 };

interface Failures {
  count: number;
  lastAt: number;
  lockedUntil: number;
}

/** More than this many remembered at once and the oldest go: memory stays bounded whoever knocks. */
const MOST_REMEMBERED = 50_000;

export class Lockout {
  readonly #policy: LockoutPolicy;
  readonly #failures = new Map<string, Failures>();

  constructor(policy: LockoutPolicy = LOCKOUT) {
    this.#policy = policy;
  }

  /** @returns milliseconds until it may try again, 0 when it may now */
  lockedFor(who: string, now: number): number {
    return Math.max(0, (this.#failures.get(who)?.lockedUntil ?? 0) - now);
  }

  failed(who: string, now: number): void {
    const { free, firstMs, mostMs, forgetMs } = this.#policy;
    const known = this.#failures.get(who);
    const count = known && now - known.lastAt < forgetMs ? known.count + 1 : 1;
    const lock = count > free ? Math.min(mostMs, firstMs * 2 ** Math.min(count - free - 1, 30)) : 0;
    this.#failures.delete(who);
    this.#failures.set(who, { count, lastAt: now, lockedUntil: now + lock });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST_REMEMBERED && oldest !== undefined) this.#failures.delete(oldest);
  }

  succeeded(who: string): void {
    this.#failures.delete(who);
  }
}
