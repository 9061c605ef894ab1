import type { DeskOptions } from '../desk/desk.ts';

/** Diagnostic lines as JSON on a stream, one a line. */
export function createJsonLog(write: (line: string) => void, now: () => number): DeskOptions['log'] {
  return (level, message, fields) => {
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...fields })}\n`);
  };
}
