import { snapshotReasonSchema } from '../../../contract/protocol.ts';
import type { Command, Subscribe } from '../../../contract/protocol.ts';
import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';
import { failed } from './failure.ts';
import type { Failure, Outcome } from './failure.ts';
import type { GatewayApi } from './gateway-api.ts';
import { PolledStore } from './polled-store.ts';
import type { Transport, TransportListener } from './transport.ts';

export interface LongPollContext {
  /** Signed in already: that is what being connected means here. */
  readonly api: GatewayApi;
  readonly time: TimePort;
  readonly timing: Timing;
  readonly listener: TransportListener;
}

/** The REST long poll in the place of a socket: the same questions and the same events, by plain requests [CN9]. */
export class LongPollTransport implements Transport {
  readonly name = 'long-poll';
  readonly #context: LongPollContext;
  readonly #stores = new Map<string, PolledStore>();
  #closed = false;

  constructor(context: LongPollContext) {
    this.#context = context;
  }

  async request(event: string, payload: object, timeoutMs: number): Promise<Outcome<unknown>> {
    const answer = await this.#ask(event, payload, timeoutMs);
    if (this.#closed) return failed({ kind: 'disconnected', reason: 'ended' });
    if (answer.ok) this.#context.listener.heard();
    return answer;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const store of this.#stores.values()) store.close();
    this.#stores.clear();
  }

  #ask(event: string, payload: object, timeoutMs: number): Promise<Outcome<unknown>> {
    const { api } = this.#context;
    switch (event) {
      case 'subscribe':
        return this.#subscribe(payload as Subscribe);
      case 'health':
        return acknowledged(api.health((payload as { sentAt: number }).sentAt, timeoutMs));
      case 'command':
        return api.command(payload as Command);
      case 'command-status': {
        const { store, id } = payload as { store: string; id: string };
        return api.commandStatus(store, id);
      }
      default:
        return Promise.resolve(failed({ kind: 'ack', code: 'unknown-request', message: event }));
    }
  }

  /** The first page says whether the position can be resumed, as a subscription's answer does. */
  async #subscribe({ store, after }: Subscribe): Promise<Outcome<unknown>> {
    this.#stores.get(store)?.close();
    this.#stores.delete(store);
    const page = await this.#context.api.events(store, after, 0);
    if (!page.ok) return snapshotAsked(page.failure) ?? page;
    if (this.#closed) return failed({ kind: 'disconnected', reason: 'ended' });
    const { listener } = this.#context;
    const polled = new PolledStore(
      { store, epoch: page.value.epoch, seq: after?.seq ?? 0, id: after?.id },
      {
        ...this.#context,
        failed: (failure) => this.#fail(failure),
        void: () => listener.notice({ kind: 'epoch-changed', store }),
      },
    );
    this.#stores.get(store)?.close();
    this.#stores.set(store, polled);
    // The answer comes before the first events, as it does on a socket.
    setImmediate(() => polled.start(page.value));
    return { ok: true, value: { ok: true, epoch: page.value.epoch, head: page.value.head, mode: 'resumed' } };
  }

  #fail(failure: Failure): void {
    if (this.#closed) return;
    void this.close();
    this.#context.listener.failed(failure);
  }
}

async function acknowledged(asked: Promise<Outcome<object>>): Promise<Outcome<unknown>> {
  const answer = await asked;
  return answer.ok ? { ok: true, value: { ok: true, ...answer.value } } : answer;
}

/** A position that cannot be resumed is an answer, not a failure [DL4]. */
function snapshotAsked(failure: Failure): Outcome<unknown> | null {
  if (failure.kind !== 'answer' || failure.status !== 409) return null;
  const reason = snapshotReasonSchema.safeParse(failure.error?.code);
  if (!reason.success) return null;
  // Neither is known before the snapshot, and neither is read of this answer.
  return { ok: true, value: { ok: true, epoch: '', head: 0, mode: 'snapshot', reason: reason.data } };
}
