import type { DeskOptions } from '../desk/desk.ts';
import { redacted } from './redacted.ts';

export interface LogLine {
  /** Device time. */
  readonly at: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields?: object;
}

export interface RecentLog {
  readonly log: DeskOptions['log'];
  /** Oldest first. */
  readonly lines: () => readonly LogLine[];
}

/** Lines kept: what happened in the last minutes of a trouble, in little memory. */
const LINES_MOST = 400;

/** The newest diagnostic lines, beside where they are written. @param now device time */
export function keepRecentLog(write: DeskOptions['log'], now: () => number): RecentLog {
  let kept: LogLine[] = [];
  return {
    log(level, message, fields) {
      write(level, message, fields);
      kept.push({ at: now(), level, message, ...(fields && { fields: redacted(fields) }) });
      if (kept.length >= 2 * LINES_MOST) kept = kept.slice(-LINES_MOST);
    },
    lines: () => kept.slice(-LINES_MOST),
  };
}
