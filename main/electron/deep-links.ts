/** Links of the scheme tillwatch: read, never acted upon. A link can only show what a person then decides about. */
export const linkScheme = 'tillwatch';

export type DeepLink =
  /** The whole link, for the form that shows whom it would pair with [AU1]. */
  | { readonly kind: 'pair'; readonly link: string }
  | { readonly kind: 'order'; readonly store: string; readonly order: string };

const longest = 2_048;
const name = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const host = /^[a-z0-9.-]{1,253}$|^\[[0-9a-f:]{2,45}\]$/i;

/** @returns what the link asks to be shown; null for everything that is not exactly one of ours */
export function readDeepLink(text: string): DeepLink | null {
  if (text.length > longest || /[^\x21-\x7e]/.test(text)) return null;
  const url = URL.parse(text);
  if (url?.protocol !== `${linkScheme}:` || url.port !== '' || url.username !== '' || url.password !== '') return null;
  if (text.includes('#')) return null;
  if (url.host === 'pair') return pairLink(url);
  return url.host === 'order' && !text.includes('?') ? orderLink(url) : null;
}

function pairLink(url: URL): DeepLink | null {
  const keys = [...url.searchParams.keys()].sort();
  if ((url.pathname !== '' && url.pathname !== '/') || keys.join() !== 'code,gateway') return null;
  const gateway = URL.parse(url.searchParams.get('gateway') ?? '');
  const code = url.searchParams.get('code') ?? '';
  const isWeb = gateway?.protocol === 'https:' || gateway?.protocol === 'http:';
  if (!isWeb || !host.test(gateway.hostname) || gateway.username !== '' || gateway.password !== '') return null;
  if (gateway.search !== '' || gateway.hash !== '' || !/^[A-Za-z0-9-]{1,64}$/.test(code)) return null;
  return { kind: 'pair', link: `tillwatch://pair?gateway=${encodeURIComponent(gateway.href)}&code=${code}` };
}

function orderLink(url: URL): DeepLink | null {
  const [before, store, order, ...more] = url.pathname.split('/');
  if (before !== '' || store === undefined || order === undefined || more.length > 0) return null;
  return name.test(store) && name.test(order) ? { kind: 'order', store, order } : null;
}

/** The one link among a command line's words; null where there is none, or more than one. */
export function linkIn(argv: readonly string[]): DeepLink | null {
  const links = argv.filter((word) => word.toLowerCase().startsWith(`${linkScheme}:`));
  return links.length === 1 && links[0] !== undefined ? readDeepLink(links[0]) : null;
}
