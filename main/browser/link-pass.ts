/**
 * What opens the page in a browser that was started from here. The command line of a program can be read by every user of
 * the machine, for as long as that browser runs: so it holds no lasting key, but a pass for one use within two minutes.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { sameSecret } from './admission.ts';

/** Milliseconds. */
const GOOD_FOR_MS = 120_000;

function signed(key: string, text: string): string {
  return createHmac('sha256', key).update(`tillwatch-pass-v1\n${text}`).digest('base64url');
}

/** Whoever holds the key of a host can make passes for it. @param now epoch milliseconds */
export function newPass(key: string, now: number): string {
  const text = `${randomBytes(18).toString('base64url')}.${(now + GOOD_FOR_MS).toString(36)}`;
  return `${text}.${signed(key, text)}`;
}

/** The passes of one host, each good once. */
export class LinkPasses {
  readonly #key: string;
  /** Those that were used, until they end by themselves. */
  readonly #used = new Map<string, number>();

  constructor(key: string) {
    this.#key = key;
  }

  /** @returns true the first time for a pass that was made with this host's key and has not ended */
  use(pass: string, now: number): boolean {
    const [random = '', ends = '', mac = ''] = pass.split('.');
    if (!sameSecret(mac, signed(this.#key, `${random}.${ends}`))) return false;
    for (const [used, until] of this.#used) if (until <= now) this.#used.delete(used);
    const until = Number.parseInt(ends, 36);
    if (!(until > now) || this.#used.has(random)) return false;
    this.#used.set(random, until);
    return true;
  }
}
