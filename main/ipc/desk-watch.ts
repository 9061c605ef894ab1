import type { DoctorReport } from '../../contract/doctor.ts';
import type { DeskState } from '../../contract/ipc.ts';
import type { Desk } from '../desk/desk.ts';

export interface DeskWatch {
  /** The newest state; null before the desk has told one. */
  state(): DeskState | null;
  /** The newest examination, as far as it has come; null where there was none since the start. */
  doctor(): DoctorReport | null;
  close(): void;
}

/** Follows the desk's state for the host's own needs. */
export function watchDesk(desk: Desk): DeskWatch {
  let state: DeskState | null = null;
  let doctor: DoctorReport | null = null;
  const detach = desk.attach((push) => {
    if (push.name === 'desk.state') state = push.payload;
    if (push.name === 'desk.doctor') doctor = push.payload;
  });
  return { state: () => state, doctor: () => doctor, close: detach };
}
