import { isQuiet } from '../../contract/settings.ts';
import type { Settings, SoundKind } from '../../contract/settings.ts';

/** How a notification of the system comes: not at all, without a sound, or with the system's own. */
export type NotificationManner = 'none' | 'silent' | 'sounding';

/**
 * A page that is open chimes by itself, so the system's sound is for a desk that watches without a window.
 * @param minute minutes since midnight by this device's clock
 */
export function notificationManner(
  settings: Pick<Settings, 'notifications' | 'sounds' | 'quietHours'>,
  sound: SoundKind,
  at: { readonly minute: number; readonly windows: number },
): NotificationManner {
  const { notifications, sounds, quietHours } = settings;
  if (!notifications) return 'none';
  const sounding = sounds.on && sounds.volume > 0 && sounds.kinds[sound];
  return sounding && at.windows === 0 && !isQuiet(quietHours, at.minute) ? 'sounding' : 'silent';
}
