import type { DeskNamespace } from './desk/desk-namespace.ts';
import type { Services } from './services.ts';

/** Makes true here what another process has written: revoked desks leave [AU3], a restored log is told of. */
export function createForeignChanges(services: Services, desks: DeskNamespace): () => Promise<void> {
  const { storage, stores, auth, polls, feed, log } = services;
  const epochs = new Map([...stores.keys()].map((store) => [store, storage.log.head(store).epoch]));

  const revoked = async (desk: string): Promise<boolean> =>
    auth.active(desk).then(
      () => false,
      () => true,
    );

  return async () => {
    for (const desk of new Set([...desks.sockets.desks(), ...polls.desks()])) {
      if (!(await revoked(desk))) continue;
      log.info({ desk }, 'a revoked desk is disconnected');
      desks.sockets.end(desk, { kind: 'revoked' });
      polls.end(desk);
    }
    for (const [store, before] of epochs) {
      const { epoch } = storage.log.head(store);
      if (epoch === before) continue;
      epochs.set(store, epoch);
      log.warn({ store, epoch }, 'the log was begun anew');
      for (const socket of desks.sockets.all()) {
        if (!socket.desk.stores.includes(store)) continue;
        socket.forget(store);
        socket.notify({ kind: 'epoch-changed', store, epoch });
      }
      polls.end();
    }
    feed.wake();
  };
}
