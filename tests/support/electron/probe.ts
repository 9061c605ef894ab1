import type { Page } from '@playwright/test';
import type { ElectronApplication, ElectronLauncher } from './electron-application.ts';
import { NO_BINARY } from './unproved.ts';

/** Where a probe looks: a running application with one window. */
export interface Ground {
  readonly application: ElectronApplication;
  readonly page: Page;
  readonly kind: ElectronLauncher['kind'];
}

/** What a probe found: everything that is wrong, or why it could not look. */
export type Found = readonly string[] | { readonly notMeasured: string };

/** One item of Electron's security checklist. Source: electronjs.org/docs/latest/tutorial/security. */
export interface Probe {
  /** The item's number there. */
  readonly item: number;
  readonly title: string;
  look(ground: Ground): Promise<Found>;
}

/** Why something cannot be seen on the stand-in. */
export const noBinary = { notMeasured: NO_BINARY } as const;

/** What is wrong where two values should be the same, in words; nothing where they are. */
export function unlessSame(what: string, found: unknown, wanted: unknown): string[] {
  return Object.is(found, wanted) ? [] : [`${what} is ${JSON.stringify(found) ?? 'undefined'}`];
}
