/** One socket of one desk: its requests answered, its subscriptions fed. */
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import {
  commandSchema,
  commandStatusRequestSchema,
  healthRequestSchema,
  subscribeSchema,
} from '../../../contract/protocol.ts';
import type { FailedAck, Notice, Subscribe, Subscribed } from '../../../contract/protocol.ts';
import { Refusal } from '../../auth/refusal.ts';
import type { Desk } from '../../store/desks.ts';
import { healthFor } from '../health.ts';
import type { Services } from '../services.ts';
import type { FlowLimits } from './flow-window.ts';
import { Subscription } from './subscription.ts';

export interface DeskSocketOptions {
  readonly socket: Socket;
  readonly desk: Desk;
  readonly services: Services;
  readonly flow: FlowLimits;
  /** Called when a subscription follows the log: from now on this socket serves the desk. */
  readonly onResumed: (socket: DeskSocket) => void;
}

type Ack = (answer: object) => void;

export class DeskSocket {
  readonly desk: Desk;
  readonly #options: DeskSocketOptions;
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(options: DeskSocketOptions) {
    this.desk = options.desk;
    this.#options = options;
    const { socket } = options;
    this.#answer('subscribe', subscribeSchema, (request, ack) => this.#subscribe(request, ack));
    this.#answer('health', healthRequestSchema, async (_request, ack) => {
      ack({ ok: true, ...healthFor(options.services, this.desk) });
    });
    this.#answer('command', commandSchema, async (command, ack) => {
      const desk = await options.services.auth.active(this.desk.id);
      ack(await options.services.commands.give(command, desk));
    });
    this.#answer('command-status', commandStatusRequestSchema, async ({ id }, ack) => {
      ack(await options.services.commands.status(id, this.desk));
    });
    socket.onAny((event: string, ...sent: unknown[]) => {
      if (socket.listenerCount(event) > 0) return;
      ackOf(sent)?.(failure('unknown-request', 'This gateway knows no such request; it may be of an older version.'));
    });
    socket.once('disconnect', () => this.#release());
  }

  notify(notice: Notice): void {
    this.#options.socket.emit('notice', notice);
  }

  /** Tells why where there is a reason, and closes the line. */
  end(notice?: Notice): void {
    this.#release();
    if (notice) this.notify(notice);
    this.#options.socket.disconnect(true);
  }

  /** The store's log was begun anew: what was subscribed is no more. */
  forget(store: string): void {
    this.#subscriptions.get(store)?.close();
    this.#subscriptions.delete(store);
  }

  async #subscribe({ store, after }: Subscribe, ack: Ack): Promise<void> {
    const { services, onResumed } = this.#options;
    const desk = await services.auth.active(this.desk.id);
    if (!desk.stores.includes(store) || !services.storage.log.knows(store)) {
      throw new Refusal('forbidden', { message: 'This desk is not of that store.' });
    }
    const reason = await services.storage.log.obstacle(store, after);
    const { epoch, seq: head } = services.storage.log.head(store);
    this.forget(store);
    if (reason) {
      ack({ ok: true, epoch, head, mode: 'snapshot', reason } satisfies Subscribed);
      return;
    }
    if (!this.#options.socket.connected) return;
    ack({ ok: true, epoch, head, mode: 'resumed' } satisfies Subscribed);
    const subscription = this.#open(store, epoch, after?.seq ?? 0);
    this.#subscriptions.set(store, subscription);
    onResumed(this);
    subscription.pump();
  }

  #open(store: string, epoch: string, after: number): Subscription {
    const { services, socket, flow } = this.#options;
    return new Subscription({
      store,
      epoch,
      after,
      flow,
      feed: services.feed,
      now: () => services.clock.now(),
      elapsed: () => performance.now(),
      send: (frame, confirm) => socket.emit('events', frame, confirm),
      onStalled: () => {
        services.log.warn({ desk: this.desk.id, store }, 'a desk confirmed nothing for too long');
        this.end();
      },
      onFailed: (error) => {
        services.log.error({ desk: this.desk.id, store, error: String(error) }, 'events could not be read');
        this.end();
      },
    });
  }

  /** The one door for requests: shape first, then the handler; every refusal is an answer. */
  #answer<T>(event: string, schema: z.ZodType<T>, handle: (request: T, ack: Ack) => Promise<void>): void {
    this.#options.socket.on(event, (...sent: unknown[]) => {
      const answer = ackOf(sent);
      if (!answer) return;
      const request = schema.safeParse(sent.length > 1 ? sent[0] : undefined);
      if (!request.success) {
        const faults = request.error.issues.map(({ path, message }) => `${path.join('.') || event}: ${message}`);
        answer(failure('invalid-args', faults.join('; ')));
        return;
      }
      handle(request.data, answer).catch((error: unknown) => answer(this.#failure(event, error)));
    });
  }

  #failure(event: string, error: unknown): FailedAck {
    if (error instanceof Refusal) return failure(error.code, error.message);
    this.#options.services.log.error({ desk: this.desk.id, event, error: String(error) }, 'a request failed');
    return failure('internal', 'The gateway failed at this. Try again; its log says why.');
  }

  #release(): void {
    for (const subscription of this.#subscriptions.values()) subscription.close();
    this.#subscriptions.clear();
  }
}

/** The callback that carries the answer: always the last thing sent, however much came before it. */
function ackOf(sent: readonly unknown[]): Ack | undefined {
  const last = sent.at(-1);
  return typeof last === 'function' ? (last as Ack) : undefined;
}

function failure(code: string, message: string): FailedAck {
  return { ok: false, error: { code, message } };
}
