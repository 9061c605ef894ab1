/** Why someone is not let in. The code is part of the protocol; the message says what to do. */
export type RefusalCode =
  | 'bad-code'
  | 'bad-signature'
  | 'challenge-expired'
  | 'forbidden'
  | 'rate-limited'
  | 'revoked'
  | 'session-expired'
  | 'ticket-expired'
  | 'ticket-used'
  | 'unauthorized';

const messages: Readonly<Record<RefusalCode, string>> = {
  'bad-code': 'This pairing code is unknown, used or expired. Ask for a new one with `pair`.',
  'bad-signature': 'The signature does not fit this desk and challenge.',
  'challenge-expired': 'The challenge is unknown, used or expired. Ask for a new one.',
  forbidden: 'This is not allowed here.',
  'rate-limited': 'Too many attempts. Wait before the next one.',
  revoked: 'This desk has been revoked. Pair it again.',
  'session-expired': 'The session has expired. Get a new one with a fresh ticket.',
  'ticket-expired': 'The ticket has expired. Ask for a new one.',
  'ticket-used': 'The ticket has been used. Ask for a new one.',
  unauthorized: 'Sign in first: no valid key, session or ticket was given.',
};

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: RefusalCode, detail: { message?: string; retryAfterMs?: number } = {}) {
    super(detail.message ?? messages[code]);
    this.code = code;
    this.retryAfterMs = detail.retryAfterMs;
  }
}
