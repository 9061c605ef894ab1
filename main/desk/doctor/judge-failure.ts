/** What a failed request to the gateway means for whoever has to mend it. Pure; rests on `classify` [CN4]. */
import type { WaitReason } from '../../../contract/connection-state.ts';
import { classify } from '../connection/classify.ts';
import type { NextStep } from '../connection/classify.ts';
import type { Failure } from '../connection/failure.ts';
import { found } from './found.ts';
import type { Found } from './found.ts';

/** @param seconds how long an answer was waited for */
export function judgeFailure(failure: Failure, seconds: number): Found {
  // Behind a connection that was verified, nobody but a server that is no gateway answers so.
  if (isStranger(failure)) return found('way-stranger', { what: whatOf(failure) });
  const next = classify(failure);
  switch (next.step) {
    case 'refuse':
      return refused(next);
    case 'renew':
      return found('ticket-late');
    case 'drain':
      return found('way-draining');
    case 'stand-back':
      return found('way-trouble', { what: whatOf(failure) });
    case 'retry':
      return hindered(next.reason, whatOf(failure), seconds);
    default:
      return next satisfies never;
  }
}

function isStranger(failure: Failure): boolean {
  if (failure.kind === 'unreadable') return !failure.html;
  return failure.kind === 'answer' && failure.error === null && [404, 405, 410, 501].includes(failure.status);
}

function refused(next: Extract<NextStep, { step: 'refuse' }>): Found {
  switch (next.code) {
    case 'revoked':
      return found('ticket-revoked');
    case 'unauthorized':
      return found('ticket-unknown');
    case 'protocol-unsupported':
      return found('join-version', { detail: next.detail ?? '' });
    default:
      return next.code satisfies never;
  }
}

function hindered(reason: WaitReason, what: string, seconds: number): Found {
  switch (reason) {
    case 'captive-portal':
      return found('way-sign-in', { what });
    case 'intermediary':
      return found('way-between', { what });
    case 'timeout':
      return found('way-silent', { seconds });
    case 'rate-limited':
      return found('way-patience', { what });
    case 'draining':
      return found('way-draining');
    case 'gateway-trouble':
    case 'ticket':
    case 'gap':
    case 'superseded':
    case 'closed-by-gateway':
    case 'heartbeat-lost':
    case 'clock-jump':
    case 'unexpected':
      return found('way-trouble', { what });
    case 'unreachable':
    case 'name-not-found':
    case 'refused-connection':
    case 'certificate':
      return found('way-broken', { what });
    default:
      return reason satisfies never;
  }
}

/** Codes and statuses only: what somebody on the way wrote may quote what was sent. */
function whatOf(failure: Failure): string {
  switch (failure.kind) {
    case 'network':
    case 'refusal':
    case 'ack':
      return failure.code;
    case 'answer':
      return failure.error ? `HTTP ${failure.status}, ${failure.error.code}` : `HTTP ${failure.status}`;
    case 'unreadable':
      return failure.html ? 'HTML' : failure.what;
    case 'disconnected':
      return failure.reason;
    case 'timeout':
      return failure.what;
    default:
      return failure.kind;
  }
}
