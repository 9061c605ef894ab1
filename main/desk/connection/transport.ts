import type { Failure, Outcome } from './failure.ts';

/** One connection to the gateway, whatever carries it. */
export interface Transport {
  /** The way it goes now: it may begin as polling and become a WebSocket. */
  readonly name: 'websocket' | 'polling' | 'long-poll';
  /** Asks and waits for the gateway's answer, unchecked; a failed ack is a failure. */
  request(event: string, payload: object, timeoutMs: number): Promise<Outcome<unknown>>;
  /**
   * Ends it; nothing is reported afterwards. Twice is harmless.
   * @returns when nothing more goes out by itself: an upgrade under way has to end before the gateway can be told
   */
  close(): Promise<void>;
}

/** What a transport tells; never anything after `failed` or `close`. Payloads are unchecked. */
export interface TransportListener {
  connected(): void;
  failed(failure: Failure): void;
  /** @param confirm answers the gateway with how far events were applied */
  events(message: unknown, confirm: (seq: number) => void): void;
  notice(notice: unknown): void;
  /** Any sign of life, the engine's heartbeat too. */
  heard(): void;
  renamed(): void;
}

export interface TransportTarget {
  /** The gateway's URL. */
  readonly gateway: string;
  readonly ticket: string;
  readonly deskVersion: string;
  readonly connectTimeoutMs: number;
}

export type OpenTransport = (target: TransportTarget, listener: TransportListener) => Transport;
