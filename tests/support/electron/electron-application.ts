import type { Page } from '@playwright/test';

/** Electron's module as main sees it, on Electron and on the stand-in. */
export type ElectronMain = typeof Electron.CrossProcessExports;

/** A running desktop application, as Playwright's `_electron` gives one. */
export interface ElectronApplication {
  /** Runs a function in the main process; it sees nothing but its arguments. */
  evaluate<Arg, Value>(run: (electron: ElectronMain, arg: Arg) => Value | Promise<Value>, arg: Arg): Promise<Value>;
  /** The pages of the windows that are open, oldest first. */
  windows(): readonly Page[];
  /** What it wrote so far. */
  output(): string;
  /** Ends it as a person would quit it. @returns the exit code, null when a signal ended it */
  close(): Promise<number | null>;
}

export interface ElectronLauncher {
  readonly kind: 'stand-in' | 'electron';
  /** @throws when it ends at once */
  launch(args: readonly string[]): Promise<ElectronApplication>;
  /** A start that is to end by itself. @returns its exit code */
  runToEnd(args: readonly string[]): Promise<number | null>;
}
