import type { Page } from '@playwright/test';

/** What carries the desk: a browser, Electron's stand-in, or Electron itself. */
export type HostKind = 'browser' | 'stand-in' | 'electron';

export interface Pairing {
  readonly gateway: string;
  readonly code: string;
}

/** A running desk with one profile, which it keeps over restarts; the same for every host. */
export interface DeskHost {
  start(pairing?: Pairing): Promise<void>;
  /** The page that a person gets to see first, once its first picture was painted. */
  open(): Promise<Page>;
  /** A further page of the same desk. */
  openAnother(): Promise<Page>;
  stop(): Promise<void>;
  /** Stops it and closes its pages. Twice is harmless. */
  close(): Promise<void>;
  /** Policy violations and script errors of its pages so far. */
  readonly faults: readonly string[];
}
