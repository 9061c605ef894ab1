/** Who calls: a desk by its session, or a shop or operator by its key. */
import type { FastifyRequest } from 'fastify';
import type { KeyScope, Role, Store } from '../../contract/protocol.ts';
import { Refusal } from '../auth/refusal.ts';
import { isSecret, secretHash } from '../auth/secrets.ts';
import { mayDo } from '../commands/decide-command.ts';
import type { Desk } from '../store/desks.ts';
import { findKey } from '../store/shop-keys.ts';
import type { ShopKey } from '../store/shop-keys.ts';
import type { Services } from './services.ts';

export type Caller = { readonly kind: 'desk'; readonly desk: Desk } | { readonly kind: 'key'; readonly key: ShopKey };

/** @throws Refusal `unauthorized`, `session-expired`, `revoked` */
export async function callerOf({ auth, storage }: Services, request: FastifyRequest): Promise<Caller> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (isSecret('tws', token)) return { kind: 'desk', desk: await auth.session(token) };
  if (!isSecret('twk', token)) throw new Refusal('unauthorized');
  const key = await findKey(storage.reader, secretHash(token));
  if (key?.revokedAt !== null) throw new Refusal('unauthorized');
  return { kind: 'key', key };
}

/** @throws Refusal also for a key: this is for desks */
export async function deskOf(services: Services, request: FastifyRequest): Promise<Desk> {
  const caller = await callerOf(services, request);
  if (caller.kind !== 'desk')
    throw new Refusal('forbidden', { message: 'This call is for desks; a key is not enough.' });
  return caller.desk;
}

/** @throws Refusal `forbidden` for a key without any of the scopes, or of another store; and for a desk */
export async function keyOf(
  services: Services,
  request: FastifyRequest,
  scopes: readonly KeyScope[],
  store?: string,
): Promise<ShopKey> {
  const caller = await callerOf(services, request);
  if (caller.kind !== 'key') throw new Refusal('forbidden', { message: 'This call needs a key.' });
  requireScope(caller.key, scopes, store);
  return caller.key;
}

export function requireScope(key: ShopKey, scopes: readonly KeyScope[], store?: string): void {
  if (!scopes.some((scope) => key.scopes.includes(scope))) {
    throw new Refusal('forbidden', { message: `This key lacks the scope ${scopes.join(' or ')}.` });
  }
  if (store !== undefined && key.store !== store)
    throw new Refusal('forbidden', { message: 'This key is of another store.' });
}

/** The store of a call. What exists beyond the caller's own stores is not told. @throws Refusal `forbidden` */
export function storeOf(services: Services, desk: Desk, id: string): Store {
  const store = desk.stores.includes(id) ? services.stores.get(id) : undefined;
  if (!store) throw new Refusal('forbidden', { message: 'This desk is not of that store.' });
  return store;
}

/** Reading orders: desks of the store, and keys that may read or write its orders. */
export function readerOf(services: Services, caller: Caller, store: string): { store: Store; customers: boolean } {
  if (caller.kind === 'desk') {
    return { store: storeOf(services, caller.desk, store), customers: seesCustomers(caller.desk.role) };
  }
  requireScope(caller.key, ['orders:read', 'orders:write'], store);
  const known = services.stores.get(store);
  if (!known) throw new Refusal('forbidden', { message: 'This key is of another store.' });
  return { store: known, customers: true };
}

/** Customer data is hidden from a role that need not see it [AU4]. */
export function seesCustomers(role: Role): boolean {
  return mayDo(role, 'support');
}
