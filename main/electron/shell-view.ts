import type { ConnectionState } from '../../contract/connection-state.ts';
import type { DeskState } from '../../contract/ipc.ts';

/** The worst that is the case now, as tray, badge and dock show it: each has a shape of its own, not a colour only. */
export type ShellLevel = 'live' | 'eyes' | 'stale' | 'stopped';

export interface ShellView {
  readonly level: ShellLevel;
  /** Orders that a person has to look at. */
  readonly eyes: number;
  /** One line for people. */
  readonly words: string;
}

function stateWords(connection: ConnectionState): string {
  switch (connection.state) {
    case 'unpaired':
      return 'Not paired with a gateway';
    case 'connecting':
      return 'Not live: connecting';
    case 'catching-up':
      return 'Not live yet: catching up';
    case 'live':
      return 'Live';
    case 'fallback':
      return 'Live, slower path';
    case 'waiting':
      return 'Not live: waiting for the next try';
    case 'offline':
      return 'Not live: this device is offline';
    case 'suspended':
      return 'Not live: the device slept';
    case 'refused':
      return 'Refused by the gateway';
    case 'closed':
      return 'Closed';
    default:
      return connection satisfies never;
  }
}

const needPerson: ReadonlySet<ConnectionState['state']> = new Set(['unpaired', 'refused', 'closed']);

/** What cannot be believed comes before what should be looked at: an old picture may hide the worst. */
export function shellView(desk: Pick<DeskState, 'connection' | 'current'> | null, eyes: number): ShellView {
  if (!desk) return { level: 'stale', eyes, words: 'Opening' };
  const state = stateWords(desk.connection);
  const words = eyes === 0 ? state : `${state} · ${eyes === 1 ? '1 order needs' : `${eyes} orders need`} eyes`;
  if (needPerson.has(desk.connection.state)) return { level: 'stopped', eyes, words };
  if (!desk.current) return { level: 'stale', eyes, words };
  return { level: eyes > 0 ? 'eyes' : 'live', eyes, words };
}
