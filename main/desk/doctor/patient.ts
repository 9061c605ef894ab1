import type { Position } from '../../../contract/protocol.ts';
import { isLoopback } from '../../../contract/loopback.ts';
import type { NetworkPort, TimePort } from '../desk.ts';
import type { Pairing } from '../pairing/pairing.ts';
import type { Timing } from '../timing.ts';
import type { Found } from './found.ts';

/** Whose way to which gateway is examined. */
export interface Patient {
  /** The gateway's URL, as `gatewayAddress` gives it. */
  readonly gateway: string;
  /** Who this device is at that gateway, or why nothing is tried as anybody. */
  readonly identity: Pairing | Found;
  /** How far each store is held, by store; null where that is not known here. */
  readonly positions: ReadonlyMap<string, Position | null> | null;
  /** True while a connection of this device's key is live, which a second one must not disturb. */
  readonly connected: () => boolean;
}

export function isPairing(identity: Pairing | Found): identity is Pairing {
  return 'deskId' in identity;
}

/** What probes need of the world. */
export interface Instruments {
  readonly network: NetworkPort;
  readonly time: TimePort;
  readonly timing: Timing;
  readonly version: string;
  /** Ends every probe at once. */
  readonly signal: AbortSignal;
}

/** The gateway's address in its parts. */
export interface Target {
  readonly gateway: string;
  /** Name or address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly loopback: boolean;
}

export function targetOf(gateway: string): Target {
  const url = new URL(gateway);
  const secure = url.protocol === 'https:';
  return {
    gateway,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    secure,
    loopback: isLoopback(url.hostname),
  };
}

/** The longest a step may take, in whole seconds, as its text says it. */
export function patience({ timing }: Pick<Instruments, 'timing'>): number {
  return Math.ceil(timing.doctorStepMost / 1000);
}
