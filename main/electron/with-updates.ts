import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DeskOptions } from '../desk/desk.ts';
import type { ElectronParts } from './electron-parts.ts';
import { createKeptFile } from '../profile/kept-file.ts';
import type { KeptFile } from '../profile/kept-file.ts';
import type { ElectronHost } from './run-electron-host.ts';
import { proxyConfig } from './session-proxy.ts';
import type { Timers } from './system-timers.ts';
import { unsettledCommands, updateMode, usualChannel } from './update-policy.ts';
import { Updates } from './updates.ts';
import type { UpdaterPort } from './updates.ts';

export interface UpdateHostOptions {
  readonly electron: Pick<ElectronParts, 'app' | 'dialog' | 'createNotification'>;
  /** The profile's folder. */
  readonly profile: string;
  /** Electron's folder of resources; looked into by an installed copy only. */
  readonly resources: string;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  readonly openUpdater: (host: ElectronHost) => Promise<UpdaterPort>;
  readonly timers: Timers;
  readonly log: DeskOptions['log'];
}

const choiceSchema = z.object({ channel: z.enum(['releases', 'previews']) });
type Choice = KeptFile<z.infer<typeof choiceSchema>>;

/** What the packager has written about where updates are. */
function feedIn(resources: string): string | null {
  const file = path.join(resources, 'app-update.yml');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** A host that keeps itself new where this copy can; its close ends that too. */
export function withUpdates(host: ElectronHost, options: UpdateHostOptions): ElectronHost {
  const { electron, profile, resources, platform, log } = options;
  const packaged = electron.app.isPackaged;
  const mode = updateMode({ packaged, platform, feed: packaged ? feedIn(resources) : null });
  if (mode.mode === 'off') {
    log('info', 'updates are off', { why: mode.why });
    return host;
  }
  const choice = createKeptFile(path.join(profile, 'updates.json'), choiceSchema, (error) =>
    log('warn', 'release channel not kept', { error: String(error) }),
  );
  const updates = openUpdates(host, options, mode.mode, choice);
  const told = (error: unknown) => log('warn', 'update', { error: String(error) });
  const quitting = () => void updates.quitting();
  electron.app.on('before-quit', quitting);
  const endProxy = host.proxy.watch((settings) => void updates.proxyChanged(proxyConfig(settings)).catch(told));
  offer(host, updates, choice, options);
  return {
    ...host,
    close: () => {
      updates.close();
      endProxy();
      electron.app.off('before-quit', quitting);
      return host.close();
    },
  };
}

function openUpdates(
  host: ElectronHost,
  options: UpdateHostOptions,
  mode: 'installs' | 'tells',
  choice: Choice,
): Updates {
  const { electron, version } = options;
  return new Updates({
    ...options,
    mode,
    running: version,
    words: () => host.words().updates,
    openUpdater: () => options.openUpdater(host),
    channel: () => choice.read()?.channel ?? usualChannel(version),
    unsettled: () => unsettledCommands(host.state()?.commands),
    end: () => host.close(),
    relaunch() {
      electron.app.relaunch();
      electron.app.quit();
    },
    onReady: () => host.shell.redraw(),
    createNotification: electron.createNotification,
    ask: (question) => electron.dialog.showMessageBox(host.windows.present(), question),
  });
}

/** Puts what a person can do about new versions into the menus. */
function offer(host: ElectronHost, updates: Updates, choice: Choice, { version, log }: UpdateHostOptions): void {
  const told = (error: unknown) => log('warn', 'update', { error: String(error) });
  host.shell.offerUpdates({
    ready: () => updates.ready,
    previews: () => (choice.read()?.channel ?? usualChannel(version)) === 'previews',
    restart: () => void updates.askToRestart().catch(told),
    check: () => void updates.checkNow().catch(told),
    setPreviews(on) {
      choice.write({ channel: on ? 'previews' : 'releases' });
      host.shell.redraw();
      void updates.channelChanged().catch(told);
    },
  });
}
