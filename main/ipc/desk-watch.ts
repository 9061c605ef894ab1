import type { DeskState } from '../../contract/ipc.ts';
import type { Desk } from '../desk/desk.ts';

export interface DeskWatch {
  /** The newest state; null before the desk has told one. */
  state(): DeskState | null;
  close(): void;
}

/** Follows the desk's state for the host's own needs. */
export function watchDesk(desk: Desk): DeskWatch {
  let state: DeskState | null = null;
  const detach = desk.attach((push) => {
    if (push.name === 'desk.state') state = push.payload;
  });
  return { state: () => state, close: detach };
}
