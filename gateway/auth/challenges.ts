/**
 * Challenges [AU2]: single-use, 30 s. They carry their own expiry under a key of this process, so that asking for
 * challenges costs no memory and looks the same for an unknown desk; only used ones are remembered.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { limits } from '../../contract/protocol.ts';
import { ExpiringMap } from './expiring-map.ts';

const MOST_USED = 200_000;

export class Challenges {
  readonly #key = randomBytes(32);
  readonly #used = new ExpiringMap<true>(MOST_USED);

  issue(deskId: string, now: number): { challenge: string; expiresAt: number } {
    const expiresAt = now + limits.challengeMs;
    const text = `${randomBytes(18).toString('base64url')}.${expiresAt.toString(36)}`;
    return { challenge: `${text}.${this.#mac(deskId, text)}`, expiresAt };
  }

  /** @returns false when it was not issued to this desk by this process, or is used or expired */
  use(deskId: string, challenge: string, now: number): boolean {
    const [random = '', expiry = '', mac = ''] = challenge.split('.');
    const right = Buffer.from(this.#mac(deskId, `${random}.${expiry}`));
    const given = Buffer.from(mac);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
    const expiresAt = Number.parseInt(expiry, 36);
    if (!(expiresAt > now) || this.#used.get(random, now)) return false;
    this.#used.set(random, true, expiresAt, now);
    return true;
  }

  #mac(deskId: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${deskId}\n${text}`).digest('base64url');
  }
}
