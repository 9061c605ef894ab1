import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DeskOptions } from '../desk/desk.ts';
import type { ElectronParts } from './electron-parts.ts';
import type { ElectronHost } from './run-electron-host.ts';
import type { Timers } from './system-timers.ts';
import { unsettledCommands, updateMode } from './update-policy.ts';
import { Updates } from './updates.ts';
import type { UpdaterPort } from './updates.ts';

export interface UpdateHostOptions {
  readonly electron: Pick<ElectronParts, 'app' | 'dialog' | 'createNotification'>;
  /** Electron's folder of resources; looked into by an installed copy only. */
  readonly resources: string;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  readonly openUpdater: () => Promise<UpdaterPort>;
  readonly timers: Timers;
  readonly log: DeskOptions['log'];
}

/** What the packager has written about where updates are. */
function feedIn(resources: string): string | null {
  const file = path.join(resources, 'app-update.yml');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** A host that keeps itself new where this copy can; its close ends that too. */
export function withUpdates(host: ElectronHost, options: UpdateHostOptions): ElectronHost {
  const { electron, resources, platform, version, log } = options;
  const packaged = electron.app.isPackaged;
  const mode = updateMode({ packaged, platform, feed: packaged ? feedIn(resources) : null });
  if (mode.mode === 'off') {
    log('info', 'updates are off', { why: mode.why });
    return host;
  }
  const updates = new Updates({
    ...options,
    mode: mode.mode,
    running: version,
    unsettled: () => unsettledCommands(host.state()?.commands),
    createNotification: electron.createNotification,
    ask: (question) => electron.dialog.showMessageBox(host.windows.present(), question),
  });
  const quitting = () => void updates.quitting();
  electron.app.on('before-quit', quitting);
  return {
    ...host,
    close: () => {
      updates.close();
      electron.app.off('before-quit', quitting);
      return host.close();
    },
  };
}
