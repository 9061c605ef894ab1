/** The gateway's time on this screen [CK2]: its last reading, counted on by the monotonic clock. */
import type { ClockReading } from '../../contract/ipc.ts';

export interface ClockPorts {
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  /** This device's wall clock, epoch milliseconds; only to notice that the device slept. */
  readonly wall: () => number;
}

interface Anchor {
  readonly reading: ClockReading;
  readonly monotonic: number;
  readonly wall: number;
}

export interface GatewayNow {
  /** Epoch milliseconds by the gateway's clock; this device's own before the first reading. */
  readonly now: number;
  /** Shown as "≈": no sample yet, or a sleep is suspected since the last. */
  readonly approximate: boolean;
}

/** Wall and monotonic time part by more than this only by a sleep or a set clock; milliseconds. */
const SLEEP_MS = 2000;

export interface GatewayClock {
  readonly take: (reading: ClockReading) => void;
  readonly read: () => GatewayNow;
}

export function createGatewayClock(ports: ClockPorts): GatewayClock {
  let anchor: Anchor | null = null;
  return {
    take: (reading) => {
      anchor = { reading, monotonic: ports.monotonic(), wall: ports.wall() };
    },
    read: () => {
      if (!anchor) return { now: ports.wall(), approximate: true };
      const elapsed = ports.monotonic() - anchor.monotonic;
      const slept = Math.abs(ports.wall() - anchor.wall - elapsed) > SLEEP_MS;
      return { now: anchor.reading.gatewayNow + elapsed, approximate: anchor.reading.approximate || slept };
    },
  };
}
