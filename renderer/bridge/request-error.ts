import type { IpcError } from '../../contract/ipc.ts';

/** A request that failed: `code` is stable, the message is for a person. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: string;

  constructor({ code, message }: IpcError) {
    super(message);
    this.code = code;
  }
}

/** The code of anything that was thrown; `unexpected` where it carries none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unexpected';
}
