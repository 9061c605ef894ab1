import { openPresence } from '../profile/presence.ts';
import { acquireProfileLock } from '../profile/profile-lock.ts';
import type { LockPort } from '../profile/profile-lock.ts';

export interface ProfilePorts {
  readonly lockFile: string;
  readonly lockPort: LockPort;
  /** Called when another host wants to open this profile. */
  readonly onAsked: () => void;
}

/**
 * Holds a profile for this application, against the browser host [CN1]; Electron itself sees to it that no second
 * application holds it. @returns a function that lets go; null when the browser host has the profile open
 */
export async function holdProfile({
  lockFile,
  lockPort,
  onAsked,
}: ProfilePorts): Promise<(() => Promise<void>) | null> {
  const presence = await openPresence(onAsked);
  try {
    const acquired = await acquireProfileLock(lockFile, lockPort);
    if ('running' in acquired) {
      await presence.close();
      return null;
    }
    await acquired.lock.publish({ socket: presence.socket });
    return async () => {
      await presence.close();
      await acquired.lock.release();
    };
  } catch (error) {
    await presence.close();
    throw error;
  }
}
