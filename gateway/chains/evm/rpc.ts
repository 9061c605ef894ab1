/** JSON-RPC to one endpoint, over HTTP or WebSocket. */
export interface Rpc {
  /** Host and port of the endpoint: all of its address that may be shown or logged. */
  readonly host: string;
  /**
   * @returns the raw result
   * @throws RpcFailure
   */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Present where the endpoint can push; over with `close`. */
  readonly notifications?: RpcNotifications;
  /** Ends what is under way with an RpcFailure, and the connection, at once. */
  close(): Promise<void>;
}

export interface RpcNotifications {
  /** @throws RpcFailure where the endpoint has no such subscription */
  subscribe(params: readonly unknown[], onResult: (result: unknown) => void): Promise<void>;
  onLost(listener: () => void): void;
}

/** Its message is made here and shown to people: it never repeats an address, which may hold an API key. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure';
  /** True when the node itself answered, with an error; false when it was not reached, not in time, or not readable. */
  readonly answered: boolean;

  constructor(message: string, answered = false) {
    super(message);
    this.answered = answered;
  }
}

/** A JSON-RPC error as a failure: its code alone, because its words are the endpoint's. */
export function answeredWithError(code: unknown, method: string): RpcFailure {
  return new RpcFailure(`answered ${method} with error ${typeof code === 'number' ? code : 'of no code'}`, true);
}
