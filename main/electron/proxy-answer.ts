/**
 * Reads what Chromium found out about the proxy of an address, as a proxy script would say it: alternatives in order,
 * `PROXY host:port; HTTPS host:port; SOCKS5 host:port; DIRECT`. Source: the format of FindProxyForURL, and
 * electronjs.org/docs/latest/api/session, "ses.resolveProxy".
 * @returns the first that can be used, as `http://host:port` or `https://host:port`; null for a direct connection
 */
export function proxyOf(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind, place] = entry.trim().split(/\s+/);
    if (kind === undefined) continue;
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = schemes[kind.toUpperCase()];
    const url = scheme && place ? URL.parse(`${scheme}://${place}`) : null;
    if (url && url.hostname !== '') return `${url.protocol}//${url.host}`;
  }
  return null;
}

/** SOCKS is left out: the connection to the gateway cannot go through it. */
const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };
