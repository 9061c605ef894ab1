import type { ConnectionState } from '../../contract/connection-state.ts';
import type { DeskState } from '../../contract/ipc.ts';
import type { ShellWords } from './english-shell-words.ts';

/** The worst that is the case now, as tray, badge and dock show it: each has a shape of its own, not a colour only. */
export type ShellLevel = 'live' | 'eyes' | 'stale' | 'stopped';

export interface ShellView {
  readonly level: ShellLevel;
  /** Orders that a person has to look at. */
  readonly eyes: number;
  /** One line for people. */
  readonly words: string;
}

const needPerson: ReadonlySet<ConnectionState['state']> = new Set(['unpaired', 'refused', 'closed']);

/** What cannot be believed comes before what should be looked at: an old picture may hide the worst. */
export function shellView(
  desk: Pick<DeskState, 'connection' | 'current'> | null,
  eyes: number,
  said: ShellWords,
): ShellView {
  if (!desk) return { level: 'stale', eyes, words: said.state.opening };
  const state = said.state[desk.connection.state];
  const words = eyes === 0 ? state : said.needEyes(state, eyes);
  if (needPerson.has(desk.connection.state)) return { level: 'stopped', eyes, words };
  if (!desk.current) return { level: 'stale', eyes, words };
  return { level: eyes > 0 ? 'eyes' : 'live', eyes, words };
}
