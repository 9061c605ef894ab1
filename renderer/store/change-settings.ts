import type { Settings } from '../../contract/settings.ts';
import type { DeskLink } from '../bridge/desk-link.ts';
import type { DeskStore } from './desk-store.ts';

/**
 * Changes settings: here at once, and for every window of the profile as soon as the host has kept them. A change that
 * cannot be kept holds for as long as this window is open, and the store's `settingsFault` says so.
 */
export async function changeSettings(link: DeskLink, desk: DeskStore, changes: Partial<Settings>): Promise<void> {
  desk.takeSettings({ ...desk.api.getState().settings, ...changes });
  try {
    await link.bridge.writeSettings({ changes });
    desk.takeSettingsFault(null);
  } catch (error) {
    desk.takeSettingsFault(error instanceof Error ? error.message : String(error));
  }
}
