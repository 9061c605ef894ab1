import { expect, vi } from 'vitest';
import type { Page } from '@playwright/test';
import type { TillwatchHost } from '../../../contract/bridge.ts';
import type { DeskState } from '../../../contract/ipc.ts';
import type { StandInApplication } from './electron-application.ts';
import { PATIENCE } from '../patience.ts';

/** How long a test waits for something that takes as long as it takes. */
export const patient = { ...PATIENCE, interval: 50 } as const;

interface World {
  tillwatchHost: TillwatchHost;
  tillwatchStates: DeskState[];
}

/** The window that is open, once the bare page in it has its bridge. */
export function bareWindow(app: Pick<StandInApplication, 'windows' | 'output'>): Promise<Page> {
  return vi.waitFor(async () => {
    const page = app.windows().at(-1);
    if (!page) throw new Error(`no window\n${app.output()}`);
    expect(await page.evaluate(() => 'tillwatchHost' in globalThis)).toBe(true);
    return page;
  }, patient);
}

/** Attaches as the real page does, and keeps the states that come. */
export async function attachBare(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const world = globalThis as unknown as World;
    world.tillwatchStates = [];
    world.tillwatchHost.onDeskState((state) => void world.tillwatchStates.push(state));
    await world.tillwatchHost.attachDesk({});
  });
}

/** The newest state that came, once it is as wanted. */
export function bareState(page: Page, wanted: (state: DeskState) => boolean): Promise<DeskState> {
  return vi.waitFor(async () => {
    const states = await page.evaluate(() => (globalThis as unknown as World).tillwatchStates);
    const last = states.at(-1);
    if (!last || !wanted(last)) throw new Error(`not yet: ${JSON.stringify(last?.connection)}`);
    return last;
  }, patient);
}

/** Asks through the bridge as the page would. */
export function askBare<F extends keyof TillwatchHost>(page: Page, name: F, input: object): Promise<unknown> {
  return page.evaluate(
    ([each, given]) => {
      const { tillwatchHost } = globalThis as unknown as { tillwatchHost: Record<string, (input: object) => unknown> };
      return tillwatchHost[each]?.(given);
    },
    [name as string, input] as const,
  );
}
