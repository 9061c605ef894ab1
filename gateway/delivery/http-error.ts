/** Every refusal of the REST interface: a status, a stable code, and what to do. */
import type { z } from 'zod';
import { faultWords } from '../fault-words.ts';
import { Refusal } from '../auth/refusal.ts';
import type { ErrorBody } from '../../contract/protocol.ts';

export interface Fault {
  readonly field: string;
  readonly message: string;
}

export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly faults: readonly Fault[];
  readonly retryAfterMs: number | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    detail: { faults?: readonly Fault[]; retryAfterMs?: number | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.faults = detail.faults ?? [];
    this.retryAfterMs = detail.retryAfterMs;
  }

  body(): ErrorBody {
    const { code, message, faults } = this;
    const [first] = faults;
    return { error: { code, message, ...(first && { field: first.field, faults: [...faults] }) } };
  }
}

/** For a request that a page of another site made. */
export function foreignOrigin(): HttpError {
  return new HttpError(403, 'foreign-origin', 'Pages of other sites may not call this gateway.');
}

/** Wrong fields, all at once. */
export function invalidFields(faults: readonly Fault[], code = 'invalid-fields'): HttpError {
  return new HttpError(422, code, faults.map(({ field, message }) => `${field}: ${message}`).join('; '), { faults });
}

/** @throws HttpError 422 with every fault at once */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value, { error: faultWords });
  if (parsed.success) return parsed.data;
  throw invalidFields(faultsOf(parsed.error));
}

export function faultsOf({ issues }: z.ZodError): Fault[] {
  return issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'body', message }));
}

/** Any error as an answer; those not meant for the outside say nothing of themselves. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof Refusal) {
    const status = error.code === 'rate-limited' ? 429 : error.code === 'forbidden' ? 403 : 401;
    return new HttpError(status, error.code, error.message, { retryAfterMs: error.retryAfterMs });
  }
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode === 413) return new HttpError(413, 'too-large', 'The body is larger than this call allows.');
  if (statusCode === 415) return new HttpError(415, 'unsupported-media-type', 'Send JSON: application/json.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new HttpError(
      statusCode,
      code?.includes('JSON') ? 'invalid-json' : 'bad-request',
      'The request is malformed.',
    );
  }
  return new HttpError(500, 'internal', 'The gateway failed at this. Try again; its log says why.');
}
