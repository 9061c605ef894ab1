/** What is counted as it happens: calls, webhooks, desks that knock. Names of metrics are part of the public interface. */
import { Counter } from './counter.ts';
import { Histogram } from './histogram.ts';
import type { MetricFamily } from './metric-family.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export class Traffic {
  readonly #requests = new Counter('tillwatch_http_requests_total', 'REST calls answered, by call and status.');
  readonly #seconds = new Histogram(
    'tillwatch_http_request_duration_seconds',
    'How long REST calls took until they were answered; long polls wait by design.',
    SECONDS,
  );
  readonly #webhooks = new Counter(
    'tillwatch_webhooks_total',
    'Webhooks, by source and by what they were answered with.',
  );
  readonly #sockets = new Counter(
    'tillwatch_desk_connects_total',
    'Sockets that desks opened, by what came of it: admitted, or the code they were refused with.',
  );
  readonly #limited = new Counter(
    'tillwatch_rate_limited_total',
    'Refusals for knocking too often, by what was asked for: ticket, socket or pairing.',
  );

  /** @param route as the interface names it, with its parameters by name */
  answered(method: string, route: string, status: number, ms: number): void {
    this.#requests.add({ method, route, status: String(status) });
    this.#seconds.observe({ method, route }, ms / 1000);
  }

  webhook(source: string, status: number): void {
    this.#webhooks.add({ source, status: String(status) });
  }

  /** @param result `admitted`, or a refusal's code */
  socket(result: string): void {
    this.#sockets.add({ result });
  }

  limited(what: 'ticket' | 'socket' | 'pairing'): void {
    this.#limited.add({ what });
  }

  families(): MetricFamily[] {
    return [this.#requests, this.#seconds, this.#webhooks, this.#sockets, this.#limited].map((each) => each.family());
  }
}
