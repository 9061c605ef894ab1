import type { DeskOptions } from '../desk/desk.ts';
import { channelOf } from './update-policy.ts';
import type { UpdaterPort } from './updates.ts';

/**
 * electron-updater as the application uses it. Loaded only when an installed copy first looks for a new version. A
 * preview follows its own channel, a release follows releases; a staged roll-out is the feed's (`stagingPercentage`).
 */
export async function openElectronUpdater(running: string, log: DeskOptions['log']): Promise<UpdaterPort> {
  const { default: loaded } = await import('electron-updater');
  const { autoUpdater } = loaded;
  autoUpdater.autoDownload = false;
  const channel = channelOf(running);
  if (channel !== null) autoUpdater.channel = channel;
  // After the channel, which would allow it.
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  // Has to stand before the download for it to be possible at all; whether it happens is decided at the quit. On macOS it
  // could not be taken back, so there only a restart installs.
  autoUpdater.autoInstallOnAppQuit = process.platform === 'win32';
  autoUpdater.logger = null;
  // Every failure also rejects the call that caused it; without a listener this event would throw.
  autoUpdater.on('error', (error) => log('info', 'updater', { error: error.message.slice(0, 500) }));
  return {
    async check() {
      const result = await autoUpdater.checkForUpdates();
      return result?.isUpdateAvailable ? result.updateInfo.version : null;
    },
    async download() {
      await autoUpdater.downloadUpdate();
    },
    installAtQuit(on) {
      autoUpdater.autoInstallOnAppQuit = on && process.platform === 'win32';
    },
    // Silent, as the person has agreed, and started again afterwards.
    installAndRestart: () => autoUpdater.quitAndInstall(true, true),
  };
}
