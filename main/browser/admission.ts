/** Who may talk to the host: one pure check for pages, files and the WebSocket alike. */
import { timingSafeEqual, createHash } from 'node:crypto';

export interface Admission {
  /** The loopback port the host listens on. */
  readonly port: number;
  /** Cookies are shared by all ports of an address, so each host names its own. */
  readonly cookieName: string;
  /** The cookie's value, random per launch. */
  readonly session: string;
}

/** The parts of a request that say who sent it; absent headers are undefined. */
export interface Sender {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
}

export type Refusal = 'foreign-host' | 'foreign-origin' | 'no-session';

/**
 * A name that an attacker points at 127.0.0.1 reaches this server with its own name in Host: only ours are taken.
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** Compares secrets without telling by its timing how much of them matched. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** The values a Cookie header gives for a name, in order; there may be several. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

function hasSession(sender: Sender, admission: Admission): boolean {
  return cookieValues(sender.cookie, admission.cookieName).some((value) => sameSecret(value, admission.session));
}

/** Why a request for a page or a file is refused; null when it may pass. A navigation carries no Origin. */
export function pageRefusal(sender: Sender, admission: Admission): Refusal | null {
  if (!isOwnHost(sender.host, admission.port)) return 'foreign-host';
  if (sender.origin !== undefined && sender.origin !== `http://${sender.host ?? ''}`) return 'foreign-origin';
  return hasSession(sender, admission) ? null : 'no-session';
}

/** As for pages, but browsers always name the Origin of a WebSocket: without one it is refused. */
export function socketRefusal(sender: Sender, admission: Admission): Refusal | null {
  if (!isOwnHost(sender.host, admission.port)) return 'foreign-host';
  if (sender.origin === undefined) return 'foreign-origin';
  return pageRefusal(sender, admission);
}
