/** Under which address a gateway may tell desks to reach it. */
import { isLoopback } from '../../contract/loopback.ts';

export const DESK_URL = 'an https URL: desks take plain http from this machine alone, and none with a user, ? or #';

/** Desks refuse plain http to any other machine [CN12]. */
export function isReachedByDesks(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '' || /[?#]/.test(text)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}
