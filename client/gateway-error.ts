/**
 * The gateway said no, could not be reached, or somebody else answered. `code` is stable: the gateway's own
 * (`bad-code`, `revoked`, `forbidden`, `unknown-order` …), a snapshot reason (`epoch-changed` …), or one of the client's:
 * `unreachable`, `not-a-gateway`, `insecure-address`, `timeout`, `ended`.
 */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: string;
  /** HTTP status; null where the answer came over the socket or did not come. */
  readonly status: number | null;
  /** How long the gateway asks to wait before the next try, milliseconds; null where it asks for nothing. */
  readonly retryAfterMs: number | null;

  constructor(
    code: string,
    message: string,
    more: { readonly status?: number; readonly retryAfterMs?: number | null; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    this.status = more.status ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
  }
}
