import type { ProxyConfig } from 'electron';
import type { DeskOptions } from '../desk/desk.ts';
import { feedOf } from './update-policy.ts';
import type { UpdaterPort } from './updates.ts';

/**
 * electron-updater as the application uses it. Loaded only when an installed copy first looks for a new version. A staged
 * roll-out is the feed's (`stagingPercentage`).
 */
export async function openElectronUpdater(
  running: string,
  proxy: ProxyConfig,
  log: DeskOptions['log'],
): Promise<UpdaterPort> {
  const { default: loaded } = await import('electron-updater');
  const { autoUpdater } = loaded;
  autoUpdater.autoDownload = false;
  autoUpdater.disableWebInstaller = true;
  // Has to stand before the download for it to be possible at all; whether it happens is decided at the quit. On macOS it
  // could not be taken back, so there only a restart installs.
  autoUpdater.autoInstallOnAppQuit = process.platform === 'win32';
  autoUpdater.logger = null;
  // Every failure also rejects the call that caused it; without a listener this event would throw.
  autoUpdater.on('error', (error) => log('info', 'updater', { error: error.message.slice(0, 500) }));
  // It asks by a session of its own, which knows nothing of what was set for the others.
  await autoUpdater.netSession.setProxy(proxy);
  return {
    async check(channel) {
      autoUpdater.allowPrerelease = channel === 'previews';
      autoUpdater.channel = feedOf(running, channel);
      // After the channel, which would allow it.
      autoUpdater.allowDowngrade = false;
      const result = await autoUpdater.checkForUpdates();
      return result?.isUpdateAvailable ? result.updateInfo.version : null;
    },
    async download() {
      await autoUpdater.downloadUpdate();
    },
    useProxy: (changed) => autoUpdater.netSession.setProxy(changed),
    installAtQuit(on) {
      autoUpdater.autoInstallOnAppQuit = on && process.platform === 'win32';
    },
    installAndRestart(onFailed) {
      autoUpdater.once('error', onFailed);
      // Silent, as the person has agreed, and started again afterwards.
      autoUpdater.quitAndInstall(true, true);
    },
  };
}
