import { GatewayError } from './gateway-error.ts';

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Checks where a gateway is said to be: https, or http on this very machine, as keys and tickets travel there.
 * @returns it without a trailing slash
 * @throws GatewayError `insecure-address`
 */
export function gatewayUrl(text: string): string {
  const url = URL.parse(text);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!url || !secure || url.username !== '' || url.password !== '') {
    const how = 'A gateway is at https://host:port, or at http://localhost:port on this machine';
    throw new GatewayError('insecure-address', `${how}, not at "${text}".`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

export function isLoopback(gateway: string): boolean {
  return LOOPBACK.test(new URL(gateway).hostname);
}
