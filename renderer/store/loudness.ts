import { isQuiet } from '../../contract/settings.ts';
import type { Settings, SoundKind } from '../../contract/settings.ts';

/**
 * How loud a sound is now, from 0, which is silent, to 1.
 * @param at the device's local time, by which the quiet hours go
 */
export function loudnessOf({ sounds, quietHours }: Settings, sound: SoundKind, at: Date): number {
  const on = sounds.on && sounds.kinds[sound];
  return on && !isQuiet(quietHours, at.getHours() * 60 + at.getMinutes()) ? sounds.volume : 0;
}
