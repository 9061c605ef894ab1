/** What an answer says about a command; everything that does not settle it leaves it in doubt [CM2, CM3]. Pure. */
import type { CommandOutcome } from '../../../contract/ipc.ts';
import { commandAnswerSchema, failedAckSchema } from '../../../contract/protocol.ts';
import type { Failure, Outcome } from '../connection/failure.ts';

/** Words that turn away whoever speaks, or own up to trouble: they tell nothing of the command itself. */
const aboutSomethingElse: ReadonlySet<string> = new Set([
  ...['internal', 'rate-limited', 'locked-out', 'draining', 'not-ready'],
  ...['unauthorized', 'revoked', 'bad-signature'],
  ...['session-expired', 'ticket-expired', 'ticket-used', 'challenge-expired'],
]);

const LONGEST_MESSAGE = 2_000;

/**
 * Reads the answer to `command` or `command-status`.
 * @returns null when the gateway does not know the command: it has to be sent again under the same id
 */
export function readAnswer(id: string, answer: Outcome<unknown>): CommandOutcome | null {
  if (!answer.ok) return refusal(id, answer.failure);
  const refused = failedAckSchema.safeParse(answer.value);
  if (refused.success) return spoken(id, refused.data.error);
  const read = commandAnswerSchema.safeParse(answer.value);
  if (!read.success) return { id, state: 'unknown' };
  const { state, result, error } = read.data;
  if (state === 'unknown') return null;
  if (state === 'failed') return failedWith(id, error ?? { code: 'failed', message: 'The gateway gave no reason.' });
  return { id, state, ...(result !== undefined && { result }) };
}

function refusal(id: string, failure: Failure): CommandOutcome {
  if (failure.kind === 'ack') return spoken(id, failure);
  return failure.kind === 'answer' && failure.error && failure.status < 500
    ? spoken(id, failure.error)
    : { id, state: 'unknown' };
}

function spoken(id: string, error: { readonly code: string; readonly message: string }): CommandOutcome {
  return aboutSomethingElse.has(error.code) ? { id, state: 'unknown' } : failedWith(id, error);
}

function failedWith(
  id: string,
  { code, message }: { readonly code: string; readonly message: string },
): CommandOutcome {
  return {
    id,
    state: 'failed',
    error: { code: code.slice(0, 64), message: message.slice(0, LONGEST_MESSAGE) },
  };
}
