export type CommandErrorCode =
  'conflict' | 'forbidden' | 'id-reused' | 'invalid-args' | 'unknown-command' | 'unknown-order' | 'unknown-payment';

/** Why a command was not carried out. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
