/** Which addresses may be handed to the system's browser: https to hosts we link to, ids by pattern. Nothing else. */
import { explorers } from '../../contract/explorers.ts';

interface LinkRule {
  readonly host: string;
  /** The whole path. */
  readonly path: RegExp;
}

const hash = '0x[0-9a-fA-F]{64}';
const address = '0x[0-9a-fA-F]{40}';
const evm = new RegExp(`^/(?:tx/${hash}|address/${address}|block/\\d{1,12})$`);
const bitcoin = /^\/(?:testnet\/|signet\/)?(?:tx\/[0-9a-f]{64}|address\/[0-9A-Za-z]{26,90}|block\/[0-9a-f]{64})$/;

const hostsOf = (namespace: string) =>
  new Set(explorers.filter(({ chain }) => chain.startsWith(namespace)).map(({ host }) => host));

const rules: readonly LinkRule[] = [
  ...[...hostsOf('eip155:')].map((host) => ({ host, path: evm })),
  ...[...hostsOf('bip122:')].map((host) => ({ host, path: bitcoin })),
];

const longest = 512;

/**
 * The address to open outside, written anew from its parts; null for every other. Port, user, query and fragment are
 * refused rather than dropped: an address of ours never has them.
 */
export function externalLink(text: string): string | null {
  if (text.length > longest || /[^\x21-\x7e]/.test(text)) return null;
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return null;
  const link = `https://${url.host}${url.pathname}`;
  // An empty query or fragment leaves no trace in the parsed address.
  if (link !== text) return null;
  return rules.some(({ host, path }) => host === url.host && path.test(url.pathname)) ? link : null;
}
