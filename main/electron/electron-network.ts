import { getCACertificates } from 'node:tls';
import type { Session } from 'electron';
import type { NetworkPort } from '../desk/desk.ts';
import { proxyOf } from './proxy-answer.ts';

/** The system's proxy and authorities [CN12]: settings and scripts are evaluated by Chromium. */
export function electronNetwork(
  session: Pick<Session, 'resolveProxy'>,
  onFault: (message: string, fields: object) => void,
): NetworkPort {
  return {
    async resolveProxy(url) {
      try {
        return proxyOf(await session.resolveProxy(url));
      } catch (error) {
        onFault('proxy not resolved', { error: error instanceof Error ? error.message : String(error) });
        return null;
      }
    },
    certificates() {
      try {
        return getCACertificates('system');
      } catch (error) {
        onFault('system certificates not read', { error: error instanceof Error ? error.message : String(error) });
        return [];
      }
    },
  };
}
