/** How a desk gets in: pairing code → desk; challenge → ticket → socket or session [AU1, AU2]. */
import { limits } from '../../contract/protocol.ts';
import type { PairRequest } from '../../contract/protocol.ts';
import type { Clock } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import { findDesk, insertDesk } from '../store/desks.ts';
import type { Desk } from '../store/desks.ts';
import type { Storage } from '../store/open-store.ts';
import { usePairingCode } from '../store/pairing-codes.ts';
import { Challenges } from './challenges.ts';
import { ExpiringMap } from './expiring-map.ts';
import { Lockout } from './lockout.ts';
import { RateLimit } from './rate-limit.ts';
import type { Rates } from './rates.ts';
import { Refusal } from './refusal.ts';
import { isSecret, newId, newSecret, normalPairingCode, secretHash } from './secrets.ts';
import { signedBy } from './signature.ts';

interface Ticket {
  readonly deskId: string;
  readonly address: string;
  readonly expiresAt: number;
  used: boolean;
}

const MOST_TICKETS = 100_000;
/** A used or expired ticket is remembered this much longer, so that its holder learns why it is refused. */
const REMEMBERED_MS = 10 * 60_000;

export class DeskAuth {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #challenges = new Challenges();
  readonly #tickets = new ExpiringMap<Ticket>(MOST_TICKETS);
  readonly #sessions = new ExpiringMap<string>(MOST_TICKETS);
  readonly #addresses = new Lockout();
  readonly #desks = new Lockout();
  readonly #ticketRate: { readonly address: RateLimit; readonly desk: RateLimit };
  readonly #socketRate: RateLimit;
  /** Where each desk last signed correctly: a stranger's failures elsewhere must not lock it out there. */
  readonly #homes = new ExpiringMap<string>(MOST_TICKETS);

  constructor(options: { storage: Storage; clock: Clock; log: Logger; rates: Rates }) {
    this.#storage = options.storage;
    this.#clock = options.clock;
    this.#log = options.log;
    const { address, desk } = options.rates;
    this.#ticketRate = { address: new RateLimit(address), desk: new RateLimit(desk) };
    this.#socketRate = new RateLimit(address);
  }

  /** @throws Refusal `bad-code`, `rate-limited` */
  async pair(request: PairRequest, address: string): Promise<Desk> {
    const now = this.#clock.now();
    const locked = this.#addresses.lockedFor(address, now);
    if (locked > 0) throw new Refusal('rate-limited', { retryAfterMs: locked });
    const hash = secretHash(normalPairingCode(request.code));
    const desk = await this.#storage.writer.write(async (tx): Promise<Desk | null> => {
      const grant = await usePairingCode(tx, hash, now);
      if (!grant) return null;
      const { publicKey } = request;
      const { role, stores } = grant;
      // What the operator called it stands: it is what the others read beside this desk's doings.
      const name = grant.name ?? request.name;
      const desk = { id: newId('desk'), name, role, publicKey, stores, pairedAt: now, revokedAt: null };
      await insertDesk(tx, desk);
      return desk;
    });
    if (!desk) {
      this.#addresses.failed(address, now);
      throw new Refusal('bad-code');
    }
    this.#log.info({ desk: desk.id, role: desk.role, address }, 'desk paired');
    return desk;
  }

  challenge(deskId: string): { challenge: string; expiresAt: number } {
    return this.#challenges.issue(deskId, this.#clock.now());
  }

  /** @throws Refusal `bad-signature`, `challenge-expired`, `revoked`, `rate-limited` */
  async ticket(
    { deskId, challenge, signature }: { deskId: string; challenge: string; signature: string },
    address: string,
  ): Promise<{ ticket: string; expiresAt: number }> {
    const now = this.#clock.now();
    within(this.#ticketRate.address, address, now);
    const deskLock = this.#homes.get(deskId, now) === address ? 0 : this.#desks.lockedFor(deskId, now);
    if (deskLock > 0) throw new Refusal('rate-limited', { retryAfterMs: deskLock });
    const fresh = this.#challenges.use(deskId, challenge, now);
    const desk = await findDesk(this.#storage.reader, deskId);
    if (!signedBy(desk?.publicKey, deskId, challenge, signature)) this.#refuseSignature(deskId, address, fresh, now);
    if (!fresh) throw new Refusal('challenge-expired');
    if (desk?.revokedAt !== null) throw new Refusal('revoked');
    // Only who holds the desk's key uses up what the desk may.
    within(this.#ticketRate.desk, deskId, now);
    this.#desks.succeeded(deskId);
    this.#homes.set(deskId, address, now + 86_400_000, now);
    const ticket = newSecret('twt');
    const expiresAt = now + limits.ticketMs;
    this.#tickets.set(secretHash(ticket), { deskId, address, expiresAt, used: false }, expiresAt + REMEMBERED_MS, now);
    return { ticket, expiresAt };
  }

  /** Somebody opens a socket. @throws Refusal `rate-limited` */
  knock(address: string): void {
    within(this.#socketRate, address, this.#clock.now());
  }

  /**
   * Uses a ticket up: of any number of uses at once exactly one gets the desk.
   * @throws Refusal `unauthorized`, `ticket-used`, `ticket-expired`, `revoked`
   */
  async redeem(ticket: string, address: string): Promise<Desk> {
    const now = this.#clock.now();
    if (!isSecret('twt', ticket)) throw new Refusal('unauthorized');
    const held = this.#tickets.get(secretHash(ticket), now);
    // One from before a restart is unknown here: for its holder it has expired, and a fresh one helps.
    if (!held) throw new Refusal('ticket-expired');
    if (held.used) throw new Refusal('ticket-used');
    if (held.expiresAt <= now) throw new Refusal('ticket-expired');
    held.used = true;
    if (held.address !== address) this.#log.warn({ desk: held.deskId }, 'a ticket was used from another address');
    return this.active(held.deskId);
  }

  openSession(desk: Desk): { token: string; expiresAt: number } {
    const now = this.#clock.now();
    const token = newSecret('tws');
    const expiresAt = now + limits.sessionMs;
    this.#sessions.set(secretHash(token), desk.id, expiresAt, now);
    return { token, expiresAt };
  }

  /** @throws Refusal `session-expired`, `revoked` */
  async session(token: string): Promise<Desk> {
    const deskId = this.#sessions.get(secretHash(token), this.#clock.now());
    if (deskId === undefined) throw new Refusal('session-expired');
    return this.active(deskId);
  }

  /** @throws Refusal `revoked`, also for a desk that a restore took away */
  async active(deskId: string): Promise<Desk> {
    const desk = await findDesk(this.#storage.reader, deskId);
    if (desk?.revokedAt !== null) throw new Refusal('revoked');
    return desk;
  }

  #refuseSignature(deskId: string, address: string, fresh: boolean, now: number): never {
    const locked = this.#addresses.lockedFor(address, now);
    if (locked > 0) throw new Refusal('rate-limited', { retryAfterMs: locked });
    this.#addresses.failed(address, now);
    this.#desks.failed(deskId, now);
    throw new Refusal(fresh ? 'bad-signature' : 'challenge-expired');
  }
}

/** @throws Refusal `rate-limited` */
function within(rate: RateLimit, who: string, now: number): void {
  const retryAfterMs = rate.take(who, now);
  if (retryAfterMs > 0) throw new Refusal('rate-limited', { retryAfterMs: Math.ceil(retryAfterMs) });
}
