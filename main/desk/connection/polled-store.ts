import { snapshotReasonSchema } from '../../../contract/protocol.ts';
import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';
import type { Failure } from './failure.ts';
import type { GatewayApi, LooseEventsPage } from './gateway-api.ts';
import type { TransportListener } from './transport.ts';

export interface PollContext {
  readonly api: GatewayApi;
  readonly time: TimePort;
  readonly timing: Timing;
  readonly listener: TransportListener;
  readonly failed: (failure: Failure) => void;
  /** What was subscribed is no more: the store has to be subscribed again. */
  readonly void: () => void;
}

interface PolledPosition {
  readonly store: string;
  readonly epoch: string;
  readonly seq: number;
  readonly id: string | undefined;
}

/** One store by polls: each asks after what the desk has confirmed, so that never more than one page is on its way. */
export class PolledStore {
  readonly #context: PollContext;
  #position: PolledPosition;
  #closed = false;
  #cancel: () => void = () => undefined;

  constructor(position: PolledPosition, context: PollContext) {
    this.#position = position;
    this.#context = context;
  }

  /** @param page what followed the position when the store was subscribed */
  start(page: LooseEventsPage): void {
    if (!this.#closed) this.#take(page, 0);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  async #poll(): Promise<void> {
    const { api, time, timing, listener } = this.#context;
    const { store, epoch, seq, id } = this.#position;
    const askedAt = time.monotonic();
    const page = await api.events(store, { epoch, seq, ...(id !== undefined && { id }) }, timing.pollWait);
    if (this.#closed) return;
    if (page.ok) {
      listener.heard();
      this.#take(page.value, time.monotonic() - askedAt);
    } else if (isVoid(page.failure)) this.#context.void();
    else this.#context.failed(page.failure);
  }

  /** @param tookMs how long the gateway, or whoever answered in its place, let the desk wait */
  #take(page: LooseEventsPage, tookMs: number): void {
    const { listener, timing } = this.#context;
    const { store } = this.#position;
    const { epoch, emittedAt, events } = page;
    if (events.length > 0) {
      listener.events({ store, epoch, emittedAt, events }, (seq) => this.#confirmed(seq, events));
      return;
    }
    this.#pollAfter(timing.pollPause - tookMs);
  }

  /** One who says nothing at once, such as a draining gateway or a cache, is not asked without end. */
  #pollAfter(ms: number): void {
    if (ms <= 0) void this.#poll();
    else this.#cancel = this.#context.time.after(ms, () => void this.#poll());
  }

  /** What cannot be applied is not confirmed, and asking for it again would only bring it again: the desk subscribes anew. */
  #confirmed(seq: number, events: readonly unknown[]): void {
    if (this.#closed) return;
    const went = seq > this.#position.seq;
    if (went) this.#position = { ...this.#position, seq, id: idAt(seq, events) };
    this.#pollAfter(went ? 0 : this.#context.timing.pollPause);
  }
}

/** The id of the event confirmed last, which shows the gateway that both mean the same log. */
function idAt(seq: number, events: readonly unknown[]): string | undefined {
  const last = events.find((event) => typeof event === 'object' && event !== null && Reflect.get(event, 'seq') === seq);
  const id: unknown = typeof last === 'object' && last !== null ? Reflect.get(last, 'id') : undefined;
  return typeof id === 'string' && id.length > 0 && id.length <= 64 ? id : undefined;
}

/** The position cannot be resumed, or the store may not be watched any more: subscribing anew says which. */
function isVoid(failure: Failure): boolean {
  if (failure.kind !== 'answer' || !failure.error) return false;
  const { code } = failure.error;
  return code === 'forbidden' || (failure.status === 409 && snapshotReasonSchema.safeParse(code).success);
}
