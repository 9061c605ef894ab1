import type { Outcome } from '../connection/failure.ts';

/** The way to the gateway as commands take it, whatever carries it. */
export interface CommandLine {
  /** Asks the gateway for its health now; one that does not answer ends the connection [CN5]. @returns whether it did */
  prove(): Promise<boolean>;
  /** Asks and waits for the answer, unchecked. A broken connection is a failure at once. */
  request(event: 'command' | 'command-status', payload: object): Promise<Outcome<unknown>>;
}
