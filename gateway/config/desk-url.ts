/** Under which address a gateway may tell desks to reach it. */
import { isLoopback } from '../../contract/loopback.ts';

export const DESK_URL = 'an https URL: desks take plain http from this machine alone';

/** Desks refuse plain http to any other machine [CN12]. @param url one that can be parsed */
export function isReachedByDesks(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
