import { isLoopback } from '../contract/loopback.ts';
import { GatewayError } from './gateway-error.ts';

/**
 * Checks where a gateway is said to be: https, or http on this very machine, as keys and tickets travel there.
 * @returns it without a trailing slash
 * @throws GatewayError `insecure-address`
 */
export function gatewayUrl(text: string): string {
  const url = URL.parse(text);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!url || !secure || url.username !== '' || url.password !== '') {
    const how = 'A gateway is at https://host:port, or at http://localhost:port on this machine';
    throw new GatewayError('insecure-address', `${how}, not at "${text}".`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** @param gateway an address that can be parsed */
export function isOnThisMachine(gateway: string): boolean {
  return isLoopback(new URL(gateway).hostname);
}
