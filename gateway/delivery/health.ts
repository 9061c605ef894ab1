import type { GatewayHealth } from '../../contract/protocol.ts';
import type { Desk } from '../store/desks.ts';
import type { Services } from './services.ts';

/** The lightweight proof of life, and the clock sample: both times are the gateway's own. */
export function healthFor({ clock, version, storage, board }: Services, desk: Desk): GatewayHealth {
  const receivedAt = clock.now();
  const stores = desk.stores
    .filter((store) => storage.log.knows(store))
    .map((store) => ({ store, epoch: storage.log.head(store).epoch, head: storage.log.head(store).seq }));
  return { receivedAt, sentAt: clock.now(), version, stores, sources: board.states(desk.stores) };
}
