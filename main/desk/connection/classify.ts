/** The one place that says what a failure means [CN4]. Pure and exhaustive. */
import type { RefusalCode, WaitReason } from '../../../contract/connection-state.ts';
import type { Failure } from './failure.ts';

export type NextStep =
  /** Only a person can mend it. */
  | { readonly step: 'refuse'; readonly code: RefusalCode; readonly detail?: string }
  /** One fresh ticket at once, then as `retry`. */
  | { readonly step: 'renew' }
  | { readonly step: 'retry'; readonly reason: WaitReason; readonly retryAfterMs?: number; readonly detail?: string }
  /** The gateway goes away for a moment: come back soon, but not all at once [CN11]. */
  | { readonly step: 'drain'; readonly retryAfterMs?: number }
  /** Somebody else speaks for this desk now. */
  | { readonly step: 'stand-back' };

export function classify(failure: Failure): NextStep {
  switch (failure.kind) {
    case 'network':
      return { step: 'retry', reason: networkReason(failure.code), detail: failure.code };
    case 'timeout':
      return { step: 'retry', reason: 'timeout', detail: failure.what };
    case 'answer':
      return answered(failure);
    case 'unreadable':
      return { step: 'retry', reason: strangerReason(failure), detail: failure.what };
    case 'refusal':
      return spoken(failure.code, failure.retryAfterMs, failure.detail);
    case 'ack':
      return spoken(failure.code, null, failure.message);
    case 'disconnected':
      return { step: 'retry', reason: disconnectReason(failure.reason), detail: failure.reason };
    case 'notice':
      return noticed(failure);
    case 'gap':
      return { step: 'retry', reason: 'gap' };
    case 'heartbeat':
      return { step: 'retry', reason: 'heartbeat-lost' };
    case 'fault':
      return { step: 'retry', reason: 'unexpected', detail: failure.message };
    default:
      return failure satisfies never;
  }
}

/** A web page is how captive portals answer; other things in the gateway's place are an intermediary's [CN10]. */
function strangerReason({ html, foreign }: Extract<Failure, { kind: 'unreadable' }>): WaitReason {
  if (html) return 'captive-portal';
  return foreign === true ? 'intermediary' : 'unexpected';
}

function noticed(failure: Extract<Failure, { kind: 'notice' }>): NextStep {
  switch (failure.notice) {
    case 'draining':
      return { step: 'drain', ...after(failure.retryAfterMs) };
    case 'revoked':
      return { step: 'refuse', code: 'revoked' };
    case 'superseded':
      return { step: 'stand-back' };
    default:
      return failure.notice satisfies never;
  }
}

function answered(answer: Extract<Failure, { kind: 'answer' }>): NextStep {
  if (answer.error) return spoken(answer.error.code, answer.retryAfterMs, answer.error.message, answer.status);
  const detail = `HTTP ${answer.status}`;
  const wait = after(answer.retryAfterMs);
  if (answer.status === 429) return { step: 'retry', reason: 'rate-limited', detail, ...wait };
  // A redirect is how most captive portals begin, and nothing of ours redirects. 511: RFC 6585, section 6.
  const portal = answer.status < 400 || answer.status === 511;
  if (answer.status >= 500 && !portal) return { step: 'retry', reason: 'gateway-trouble', detail, ...wait };
  return { step: 'retry', reason: portal ? 'captive-portal' : 'intermediary', detail, ...wait };
}

/** What the gateway says in its own words, in an envelope, a refusal or an ack. */
function spoken(code: string, retryAfterMs: number | null, detail?: string, status?: number): NextStep {
  const more = detail === undefined ? {} : { detail: detail.slice(0, 500) };
  const wait = after(retryAfterMs);
  switch (code) {
    case 'revoked':
    case 'unauthorized':
    case 'protocol-unsupported':
      return { step: 'refuse', code, ...more };
    // The gateway answers an unknown desk as it answers a wrong signature: it does not know this device's key.
    case 'bad-signature':
      return { step: 'refuse', code: 'unauthorized', ...more };
    case 'ticket-used':
    case 'ticket-expired':
    case 'session-expired':
    case 'challenge-expired':
      return { step: 'renew' };
    case 'draining':
      return retryAfterMs === null ? { step: 'drain' } : { step: 'drain', ...wait };
    case 'rate-limited':
      return { step: 'retry', reason: 'rate-limited', ...wait, ...more };
    default:
      if (status === 429) return { step: 'retry', reason: 'rate-limited', ...wait, ...more };
      return { step: 'retry', reason: 'gateway-trouble', ...wait, ...more };
  }
}

function after(retryAfterMs: number | null): { retryAfterMs?: number } {
  return retryAfterMs === null ? {} : { retryAfterMs };
}

const nameCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL']);
const timeoutCodes = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT']);
// Codes of OpenSSL's certificate verification as Node names them. Source: Node 24, doc/api/tls.md, "X509 certificate error codes".
const certificateCodes =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|EPROTO$|CRL_)/;

function networkReason(code: string): WaitReason {
  if (nameCodes.has(code)) return 'name-not-found';
  if (code === 'ECONNREFUSED') return 'refused-connection';
  if (timeoutCodes.has(code)) return 'timeout';
  if (certificateCodes.test(code)) return 'certificate';
  // Bytes that are not HTTP: somebody on the way speaks another language. ERR_PROXY_: a proxy that does not let through.
  if (code.startsWith('HPE_') || code.startsWith('ERR_PROXY_')) return 'intermediary';
  return 'unreachable';
}

/** Socket.IO's reasons for the end of a socket. Source: socket.io-client 4, `Socket.DisconnectReason`. */
function disconnectReason(reason: string): WaitReason {
  switch (reason) {
    case 'io server disconnect':
      return 'closed-by-gateway';
    case 'ping timeout':
      return 'heartbeat-lost';
    case 'parse error':
      return 'intermediary';
    default:
      return 'unreachable';
  }
}
