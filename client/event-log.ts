/** Every event a client has seen, in the order it came, and those who wait for one. */
import type { Event } from '../contract/events.ts';
import type { GatewayError } from './gateway-error.ts';
import type { Matcher } from './matching.ts';
import { WaitTimeout } from './wait-timeout.ts';

interface Waiting {
  readonly matcher: Matcher;
  readonly found: (event: Event) => void;
  readonly failed: (error: GatewayError) => void;
}

export class EventLog {
  readonly #events: Event[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #most: number;
  #ended: GatewayError | null = null;

  /** @param most events that are kept; the oldest go first */
  constructor(most: number) {
    this.#most = most;
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  add(event: Event): void {
    this.#events.push(event);
    if (this.#events.length > this.#most) this.#events.splice(0, this.#events.length - this.#most);
    for (const waiting of [...this.#waiting]) if (matches(waiting.matcher, event)) waiting.found(event);
  }

  /**
   * The first event that matches, of those that came already or still come.
   * @throws WaitTimeout, or what the connection ended with
   */
  wait(matcher: Matcher, withinMs: number): Promise<Event> {
    const seen = this.#events.find((event) => matches(matcher, event));
    if (seen) return Promise.resolve(seen);
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(late);
        this.#waiting.delete(waiting);
        act();
      };
      const waiting: Waiting = {
        matcher,
        found: (event) => settle(() => resolve(event)),
        failed: (error) => settle(() => reject(error)),
      };
      const late = setTimeout(() => waiting.failed(new WaitTimeout(matcher, withinMs, this.#events)), withinMs);
      this.#waiting.add(waiting);
    });
  }

  /** Nothing more will come: whoever waits learns why. */
  end(error: GatewayError): void {
    this.#ended ??= error;
    for (const waiting of [...this.#waiting]) waiting.failed(error);
  }
}

/** A condition of the caller's that throws is one that does not hold; its error must not end the connection. */
function matches(matcher: Matcher, event: Event): boolean {
  try {
    return matcher.misses(event).length === 0;
  } catch {
    return false;
  }
}
