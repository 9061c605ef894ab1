import { NodeFailure } from '../follow/node-failure.ts';

/** JSON-RPC to one endpoint, over HTTP or WebSocket. */
export interface Rpc {
  /** Host and port of the endpoint: all of its address that may be shown or logged. */
  readonly host: string;
  /**
   * @returns the raw result
   * @throws NodeFailure
   */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Present where the endpoint can push; over with `close`. */
  readonly notifications?: RpcNotifications;
  /** Ends what is under way with an NodeFailure, and the connection, at once. */
  close(): Promise<void>;
}

export interface RpcNotifications {
  /** @throws NodeFailure where the endpoint has no such subscription */
  subscribe(params: readonly unknown[], onResult: (result: unknown) => void): Promise<void>;
  onLost(listener: () => void): void;
}

/**
 * A JSON-RPC error as a failure: its code alone, because its words are the endpoint's. An endpoint that was asked too
 * often has not answered: what it says of the method is nothing.
 */
export function answeredWithError(code: unknown, method: string): NodeFailure {
  const message = `answered ${method} with error ${typeof code === 'number' ? code : 'of no code'}`;
  return new NodeFailure(message, !isTooOften(code, method));
}

/** Of logs the same code says that they are too many for one answer. Source: EIP-1474; 429 as rented nodes give it. */
function isTooOften(code: unknown, method: string): boolean {
  return code === 429 || (code === -32005 && method !== 'eth_getLogs');
}
