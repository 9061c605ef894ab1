import { isQuiet } from '../../contract/settings.ts';
import type { Settings, SoundKind } from '../../contract/settings.ts';
import type { Sound } from './moments.ts';

/** Which of the settings' kinds each sound of the desk is. */
const kindOf = { money: 'money', alarm: 'trouble' } as const satisfies Record<Sound, SoundKind>;

/**
 * How loud a sound is now, from 0, which is silent, to 1.
 * @param at the device's local time, by which the quiet hours go
 */
export function loudnessOf({ sounds, quietHours }: Settings, sound: Sound, at: Date): number {
  const on = sounds.on && sounds.kinds[kindOf[sound]];
  return on && !isQuiet(quietHours, at.getHours() * 60 + at.getMinutes()) ? sounds.volume : 0;
}
