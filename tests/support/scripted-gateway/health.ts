import type { Event } from '../../../contract/events.ts';

/** The scripted gateway's answer to `health`, without the `ok` that a socket's ack has. */
export function healthOf({ epoch, log }: { readonly epoch: string; readonly log: readonly Event[] }): object {
  const now = Date.now();
  const stores = [{ store: 'main', epoch, head: log.length }];
  return { receivedAt: now, sentAt: now, version: 'scripted', stores, sources: [] };
}
