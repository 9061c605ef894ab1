import { classify } from '../connection/classify.ts';
import type { Failure } from '../connection/failure.ts';
import { DeskError } from '../desk.ts';

const words: Readonly<Record<string, string>> = {
  'bad-code': 'The pairing code is wrong, used or expired. Ask for a new one at the gateway.',
  'bad-signature': 'The gateway does not know this device any more. Pair it again.',
  revoked: 'This device was revoked at the gateway. Pair it again if that was a mistake.',
  forbidden: 'This device’s role does not allow that. Ask whoever runs the gateway.',
  'rate-limited': 'The gateway asks for patience after too many tries. Wait a minute and try again.',
  'locked-out': 'The gateway asks for patience after too many tries. Wait a minute and try again.',
};

const reasons: Readonly<Record<string, string>> = {
  unreachable: 'The gateway cannot be reached. Check the address and the network.',
  'name-not-found': 'The gateway’s name is not known to the network. Check the address.',
  'refused-connection': 'Nothing answers at the gateway’s address. Check the port, and whether the gateway runs.',
  timeout: 'The gateway did not answer in time. Try again.',
  certificate: 'The gateway’s certificate is not trusted on this device.',
  intermediary: 'Something between this device and the gateway answers in its place, such as a proxy.',
  'captive-portal': 'A web page answers instead of the gateway: a sign-in page of this network, or a wrong address.',
};

/** A failed request to the gateway as the person who asked should read it. */
export function deskErrorOf(failure: Failure): DeskError {
  if (failure.kind === 'answer' && failure.error) {
    const { code, message } = failure.error;
    return new DeskError(code.slice(0, 64), (words[code] ?? message).slice(0, 2000));
  }
  const next = classify(failure);
  const reason = next.step === 'retry' ? next.reason : 'unreachable';
  return new DeskError(reason, reasons[reason] ?? 'The gateway answered in a way this desk does not understand.');
}
