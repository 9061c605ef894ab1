import type { Page } from '@playwright/test';
import type { Scenario } from './scenario.ts';

/** One picture to take: of what, how large, and what was done before. */
export interface Shot {
  readonly scenario: (now: number) => Scenario;
  readonly dark?: boolean;
  readonly contrast?: boolean;
  /** 2 is what a person sees who has set the page to 200 %. */
  readonly zoom?: number;
  readonly size?: readonly [number, number];
  readonly hash?: string;
  readonly act?: (page: Page) => Promise<void>;
}
