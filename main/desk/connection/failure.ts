/** Everything that can go wrong on the way to the gateway, as data; `classify` decides what each means. */
export type Failure =
  /** The network said so: an errno or TLS code of Node. */
  | { readonly kind: 'network'; readonly code: string }
  | { readonly kind: 'timeout'; readonly what: string }
  /** An HTTP answer that is not the one asked for. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The error in our own envelope, null when somebody else speaks. */
      readonly error: { readonly code: string; readonly message: string } | null;
      readonly retryAfterMs: number | null;
    }
  /** 200 with something that is not what the gateway sends; `foreign`: by the looks of it somebody else sent it. */
  | { readonly kind: 'unreadable'; readonly html: boolean; readonly foreign?: boolean; readonly what: string }
  /** The gateway refused the socket, in its own words. */
  | { readonly kind: 'refusal'; readonly code: string; readonly retryAfterMs: number | null; readonly detail?: string }
  /** The gateway answered a request on the socket with an error. */
  | { readonly kind: 'ack'; readonly code: string; readonly message: string }
  /** The socket ended; the reason is Socket.IO's. */
  | { readonly kind: 'disconnected'; readonly reason: string }
  | {
      readonly kind: 'notice';
      readonly notice: 'draining' | 'revoked' | 'superseded';
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'gap' }
  | { readonly kind: 'heartbeat' }
  /** A fault of our own. */
  | { readonly kind: 'fault'; readonly message: string };

/** What came of something that may fail as above. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

/** The code of a Node error, looking into the causes and the several tries of one connection. */
export function networkFailure(error: unknown): Failure {
  return { kind: 'network', code: codeOf(error) ?? 'UNKNOWN' };
}

/** @returns null for what carries no code */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : null;
}
