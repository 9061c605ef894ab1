/** The long poll: the slower path for desks that get no socket. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { limits } from '../../../contract/protocol.ts';
import type { EventsPage, SnapshotReason } from '../../../contract/protocol.ts';
import { callerOf, deskOf, storeOf } from '../caller.ts';
import { HttpError, checked } from '../http-error.ts';
import type { Services } from '../services.ts';

const query = z.object({
  epoch: z.string().min(1).max(64).optional(),
  after: z.coerce.number().int().min(0).default(0),
  id: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(limits.eventsPage.most).default(limits.eventsPage.default),
  /** Seconds. */
  wait: z.coerce.number().min(0).default(0),
});

const reasons: Readonly<Record<SnapshotReason, string>> = {
  'epoch-changed': 'The log was begun anew. Take a snapshot.',
  'too-old': 'The events after this position are no longer kept. Take a snapshot.',
  ahead: 'This position is beyond the log. Take a snapshot.',
  diverged: 'The log holds another event at this position. Take a snapshot.',
};

interface At {
  readonly epoch?: string | undefined;
  readonly after: number;
  readonly id?: string | undefined;
}

export function eventsRoute(app: FastifyInstance, services: Services): void {
  const { storage, feed, polls, clock } = services;

  app.get<{ Params: { store: string } }>('/v1/stores/:store/events', async (request) => {
    const desk = await deskOf(services, request);
    const { id: store } = storeOf(services, desk, request.params.store);
    const { limit, wait, ...at } = checked(query, request.query);
    await requireResumable(store, at);
    const waitMs = Math.min(wait * 1000, limits.longPollMs);
    if (storage.log.head(store).seq <= at.after && waitMs > 0 && !services.draining()) {
      const { signal, end, done } = polls.open(desk.id);
      request.raw.socket.once('close', end);
      await feed.next(store, waitMs, signal).finally(done);
      request.raw.socket.off('close', end);
      // Meanwhile the session may have ended, the desk been revoked, or the log begun anew.
      await callerOf(services, request);
      await requireResumable(store, at);
    }
    return page(store, at, limit);
  });

  async function requireResumable(store: string, at: At): Promise<void> {
    const epoch = at.epoch ?? storage.log.head(store).epoch;
    const reason = await storage.log.obstacle(store, {
      epoch,
      seq: at.after,
      ...(at.id !== undefined && { id: at.id }),
    });
    if (reason) throw new HttpError(409, reason, reasons[reason]);
  }

  async function page(store: string, at: At, limit: number): Promise<EventsPage> {
    const events = await storage.log.read(store, at.after, limit, limits.messageBytes - 1024);
    const { epoch, seq: head } = storage.log.head(store);
    // What was read may be of a log begun anew meanwhile.
    if (epoch !== (at.epoch ?? epoch)) throw new HttpError(409, 'epoch-changed', reasons['epoch-changed']);
    return { epoch, head, emittedAt: clock.now(), events: events.map(({ event }) => event) };
  }
}
