import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DeskOptions } from '../desk/desk.ts';
import type { HostRequestOptions } from '../ipc/host-requests.ts';
import type { RequestHandlers } from '../ipc/request-door.ts';
import { DemoProcesses } from './demo-processes.ts';
import type { ElectronParts } from './electron-parts.ts';
import type { Timers } from './system-timers.ts';

export interface OwnDemoOptions {
  readonly electron: Pick<ElectronParts, 'utilityProcess'>;
  readonly profile: string;
  readonly built: string;
  readonly timers: Timers;
  readonly log: DeskOptions['log'];
}

/** The demo that the application brings along; null where its parts were not built. @param closers takes its end */
export function openOwnDemo(
  { electron, profile, built, timers, log }: OwnDemoOptions,
  closers: (() => Promise<void> | void)[],
): DemoProcesses | null {
  const parts = ['main/utility.js', 'gateway/tillwatch-gateway.mjs', 'demo/index.js'];
  if (!parts.every((part) => existsSync(path.join(built, ...part.split('/'))))) return null;
  const demo = new DemoProcesses({
    fork: (entry, args, options) => electron.utilityProcess.fork(entry, args, options),
    environment: process.env,
    after: timers.after,
    monotonic: timers.monotonic,
    built,
    // Not "demo": a start from the sources keeps another one there.
    dir: path.join(profile, 'own-demo'),
    log,
  });
  closers.push(() => demo.close());
  return demo;
}

/** Starts the demo again for a desk that is paired with it. A failure keeps nobody out: the page says it is not live. */
export async function resumeDemo(
  demo: DemoProcesses | null,
  { desk, watch, deskName }: Pick<HostRequestOptions, 'desk' | 'watch' | 'deskName'>,
  log: DeskOptions['log'],
): Promise<void> {
  try {
    const offer = (await demo?.resume(watch.state()?.gateway?.url ?? null)) ?? null;
    if (!offer) return;
    await desk.handle('pairing.forget', {});
    await desk.handle('pairing.pair', { ...offer, name: deskName });
  } catch (error) {
    log('warn', 'the demo did not come back', { error: error instanceof Error ? error.message : String(error) });
  }
}

type Followed = Pick<RequestHandlers, 'pairing.forget' | 'gateways.list' | 'gateways.switch' | 'gateways.forget'>;

/**
 * The handlers, of which those that forget the demo's gateway end the demo, because nobody watches it any more, and the one
 * that shows another gateway has it come back where that is the demo's.
 * @param resume brings it back
 */
export function followedByDemo<H extends Followed>(
  handlers: H,
  demo: DemoProcesses | null,
  resume: () => Promise<void>,
): H {
  if (!demo) return handlers;
  const endUnlessPaired = async () => {
    const { gateways } = await handlers['gateways.list']({});
    if (!gateways.some(({ url }) => demo.isAt(url))) await demo.close();
  };
  return {
    ...handlers,
    'pairing.forget': async (input) => {
      const output = await handlers['pairing.forget'](input);
      await endUnlessPaired();
      return output;
    },
    'gateways.forget': async (input) => {
      const output = await handlers['gateways.forget'](input);
      await endUnlessPaired();
      void resume();
      return output;
    },
    'gateways.switch': async (input) => {
      const output = await handlers['gateways.switch'](input);
      void resume();
      return output;
    },
  };
}
