import http from 'node:http';
import https from 'node:https';

/** How a gateway is reached. */
export interface ReachOptions {
  /**
   * What requests and sockets go through, for a proxy or an authority of one's own:
   * `new https.Agent({ ca: [...tls.getCACertificates('default'), own], proxyEnv: process.env })`. Whoever gives one
   * destroys it. A plain one is made, and destroyed, where none is given.
   */
  readonly agent?: http.Agent;
  /** Milliseconds that connecting, and each answer, may take; 10,000 by default. */
  readonly timeoutMs?: number;
}

export const DEFAULT_TIMEOUT_MS = 10_000;

export interface Reach {
  readonly agent: http.Agent;
  readonly timeoutMs: number;
  /** Gives back what was made here. */
  readonly release: () => void;
}

export function reachOf(gateway: string, { agent, timeoutMs = DEFAULT_TIMEOUT_MS }: ReachOptions): Reach {
  if (agent) return { agent, timeoutMs, release: () => undefined };
  const made = gateway.startsWith('https:') ? new https.Agent() : new http.Agent();
  return { agent: made, timeoutMs, release: () => made.destroy() };
}
