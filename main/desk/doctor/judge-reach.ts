/** What connects at the network's level mean. Pure. */
import { found } from './found.ts';
import type { Found } from './found.ts';

/** A connect to one address: null when it answered, else the code of its failure; `LATE` where it did not end. */
export interface Tried {
  readonly address: string;
  readonly code: string | null;
}

export const NO_ANSWER = 'ETIMEDOUT';

const noRoute = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const unknownName = new Set(['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA']);

/** @param seconds how long an answer was waited for */
export function judgeReach(tries: readonly Tried[], portNumber: number, seconds: number): Found {
  // As a text: a port is a name, and is not written with a thousands separator.
  const port = String(portNumber);
  const open = tries.filter(({ code }) => code === null);
  // A network without IPv6 says so at once and costs nothing; only what is announced and then fails is worth a word.
  const spoilt = tries.filter(({ code }) => code !== null && !noRoute.has(code));
  const at = (some: readonly Tried[]): string => some.map(({ address }) => address).join(', ');
  if (open.length > 0) {
    const [first] = spoilt;
    if (!first) return found('tcp-open', { port, addresses: at(open) });
    return found('tcp-partly', { port, addresses: at(open), silent: at(spoilt), code: first.code ?? '' });
  }
  const refused = tries.filter(({ code }) => code === 'ECONNREFUSED');
  if (refused.length > 0) return found('tcp-refused', { port, addresses: at(refused) });
  const silent = tries.filter(({ code }) => code === NO_ANSWER);
  if (silent.length > 0) return found('tcp-silent', { port, addresses: at(silent), seconds });
  return found('tcp-unreachable', { addresses: at(tries), code: tries[0]?.code ?? 'UNKNOWN' });
}

/** Why a name could not be looked up: nobody knows it, or nobody answered. */
export function judgeName(host: string, code: string): Found {
  return found(unknownName.has(code) ? 'name-unknown' : 'name-silent', { host, code });
}
