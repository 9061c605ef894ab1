import { isIP } from 'node:net';
import tls from 'node:tls';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { codeOf } from '../connection/failure.ts';
import { trustedAuthorities } from '../connection/network-agent.ts';
import { blocked, found } from './found.ts';
import type { Checked } from './found.ts';
import { judgeCertificate, judgeHandshake } from './judge-certificate.ts';
import type { SeenCertificate } from './judge-certificate.ts';
import { patience } from './patient.ts';
import type { Instruments, Target } from './patient.ts';
import type { Passage } from './probe-proxy.ts';
import { LATE, within } from './within.ts';

/**
 * Shakes hands and looks at the certificate the gateway shows.
 * @param address where to connect, unless a proxy's tunnel leads there already
 */
export async function probeCertificate(
  target: Target,
  passage: Passage,
  address: string,
  instruments: Instruments,
): Promise<Checked<true>> {
  if (!target.secure) return { found: found('tls-none'), value: true };
  const seen = await within(instruments, (signal) => shakeHands(target, passage, address, instruments, signal));
  if (seen === LATE) return blocked(found('tls-silent', { seconds: patience(instruments) }));
  if (typeof seen === 'string') return blocked(judgeHandshake(seen, target));
  return {
    found: judgeCertificate(seen, target, instruments.time.now()),
    value: seen.code === null ? true : null,
  };
}

function shakeHands(
  { host, port }: Target,
  passage: Passage,
  address: string,
  { network }: Instruments,
  signal: AbortSignal,
): Promise<SeenCertificate | string> {
  const ca = trustedAuthorities(network);
  const way = passage.by === 'proxy' ? { socket: passage.tunnel } : { host: address, port };
  return new Promise((resolve) => {
    const socket = tls.connect({
      ...way,
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca && { ca: [...ca] }),
      checkServerIdentity: (_name, certificate) => tls.checkServerIdentity(host, certificate),
      // To look at a certificate that is not believed. Nothing is ever sent over this connection: it ends right here.
      rejectUnauthorized: false,
    });
    const hangUp = (): void => void socket.destroy();
    signal.addEventListener('abort', hangUp, { once: true });
    socket.on('secureConnect', () => {
      resolve(certificateOf(socket));
      hangUp();
    });
    socket.on('error', (error) => resolve(codeOf(error) ?? 'UNKNOWN'));
    socket.on('close', () => resolve('ECONNRESET'));
  });
}

function certificateOf(socket: TLSSocket): SeenCertificate {
  const certificate: Partial<DetailedPeerCertificate> = socket.getPeerCertificate(true);
  const { subjectaltname = '', subject, issuer, valid_from: from = '', valid_to: to = '' } = certificate;
  const names = subjectaltname.split(', ').map((each) => each.replace(/^(?:DNS|IP Address):/, ''));
  const common = textOf(subject?.CN);
  return {
    code: socket.authorized ? null : refusalOf(socket.authorizationError),
    names: subjectaltname === '' ? (common === '' ? [] : [common]) : names,
    issuer: textOf(issuer?.O) || textOf(issuer?.CN) || '?',
    validFrom: Date.parse(from),
    validTo: Date.parse(to),
  };
}

/** Declared as an Error, in truth the code of one. Source: Node 24, lib/internal/tls/wrap.js, `onConnectSecure`. */
function refusalOf(reason: unknown): string {
  return typeof reason === 'string' ? reason : (codeOf(reason) ?? 'UNKNOWN');
}

function textOf(value: string | string[] | undefined): string {
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
}
