import type { DeskState } from '../../../contract/ipc.ts';

/** A state as an unpaired desk tells it, with what a test changes. */
export function deskState(changes: Partial<DeskState> = {}): DeskState {
  return {
    connection: { state: 'unpaired' },
    current: false,
    since: 1_700_000_000_000,
    asOf: null,
    gateway: null,
    desk: null,
    transport: null,
    lastHeardAt: null,
    roundTrips: [],
    reconnects: 0,
    clock: { gatewayNow: 1_700_000_000_000, offsetMs: 0, errorMs: null, approximate: true, deviceClockWrong: false },
    journal: { state: 'ok' },
    keyStorage: 'file',
    stores: [],
    withdrawn: [],
    commands: [],
    ...changes,
  };
}
