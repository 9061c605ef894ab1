/** What a server's certificate says, and whether it is believed. Pure. */
import type { Target } from './patient.ts';
import { found } from './found.ts';
import type { Found } from './found.ts';

export interface SeenCertificate {
  /** Node's code of why it is not believed, null when it is. Source: Node 24, doc/api/tls.md, "X509 certificate error codes". */
  readonly code: string | null;
  /** Names it is for. */
  readonly names: readonly string[];
  readonly issuer: string;
  /** Epoch milliseconds. */
  readonly validFrom: number;
  readonly validTo: number;
}

const DAY_MS = 86_400_000;
/** Public authorities renew when a third of 90 days is left; less than this means that nobody does. */
const ENDS_SOON_DAYS = 14;
const NAMES_SHOWN = 4;

/** @param now the device's wall clock, which is what the certificate was held against */
export function judgeCertificate(seen: SeenCertificate, { host }: Pick<Target, 'host'>, now: number): Found {
  const names = namesOf(seen.names);
  const { issuer, code } = seen;
  switch (code) {
    case null: {
      const days = Math.floor((seen.validTo - now) / DAY_MS);
      if (days < ENDS_SOON_DAYS) return found('tls-ends-soon', { names, issuer, days });
      return found('tls-trusted', { names, issuer, until: dayOf(seen.validTo) });
    }
    case 'CERT_HAS_EXPIRED':
      return found('tls-expired', { until: dayOf(seen.validTo) });
    case 'CERT_NOT_YET_VALID':
      return found('tls-not-yet', { from: dayOf(seen.validFrom) });
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return found('tls-other-name', { names, host });
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return found('tls-self-signed');
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_UNTRUSTED':
      return found('tls-authority', { issuer });
    default:
      return found('tls-untrusted', { code });
  }
}

/** A handshake that ended in an error: something that speaks no TLS, or a line that was cut. */
export function judgeHandshake(code: string, { port }: Pick<Target, 'port'>): Found {
  const spokeOtherwise = /^ERR_SSL_|^EPROTO$/.test(code);
  return found(spokeOtherwise ? 'tls-not-spoken' : 'tls-broken', { port: String(port), code });
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return names.length > NAMES_SHOWN ? `${shown}, …` : shown || '?';
}

function dayOf(at: number): string {
  return Number.isNaN(at) ? '?' : new Date(at).toISOString().slice(0, 10);
}
