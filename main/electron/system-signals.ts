import type { PowerMonitor } from 'electron';
import type { Desk } from '../desk/desk.ts';

export interface SignalPorts {
  readonly powerMonitor: Pick<PowerMonitor, 'on' | 'off'>;
  /** Whether the system has any network at all; true says nothing about the gateway. */
  readonly isOnline: () => boolean;
  readonly every: (ms: number, run: () => void) => () => void;
}

/** Electron tells of no change, so it is asked. */
const askOnlineEveryMs = 2_000;

/**
 * Hands the system's hints to the desk: sleep, wake-up, the network's coming and going. Whoever unlocks the screen looks
 * at it next, so what is shown is worth a fresh try. @returns a function that ends it
 */
export function watchSystem(desk: Pick<Desk, 'signal'>, { powerMonitor, isOnline, every }: SignalPorts): () => void {
  const suspend = () => desk.signal('suspend');
  const resume = () => desk.signal('resume');
  let online = true;
  const look = () => {
    const now = isOnline();
    if (now === online) return;
    online = now;
    desk.signal(now ? 'online' : 'offline');
  };
  const unlock = () => {
    online = isOnline();
    desk.signal(online ? 'online' : 'offline');
  };
  powerMonitor.on('suspend', suspend);
  powerMonitor.on('resume', resume);
  powerMonitor.on('unlock-screen', unlock);
  look();
  const end = every(askOnlineEveryMs, look);
  return () => {
    end();
    powerMonitor.off('suspend', suspend);
    powerMonitor.off('resume', resume);
    powerMonitor.off('unlock-screen', unlock);
  };
}
