import type { DeskOptions } from '../desk/desk.ts';
import { createJsonLog } from '../profile/json-log.ts';
import { keepRecentLog } from '../profile/recent-log.ts';
import type { LogLine } from '../profile/recent-log.ts';
import { redacted } from '../profile/redacted.ts';
import { openRotatingLog } from './rotating-log.ts';

export interface Diagnostics {
  readonly log: DeskOptions['log'];
  /** The newest lines, oldest first. */
  readonly recent: () => readonly LogLine[];
  close(): void;
}

/** Diagnostic lines into files that rotate, and to whoever started the application; secrets are taken out on the way. */
export function openDiagnostics(dir: string, echo: (line: string) => void, now: () => number): Diagnostics {
  const files = openRotatingLog(dir);
  const write = createJsonLog((line) => {
    files.write(line);
    echo(line);
  }, now);
  const recent = keepRecentLog((level, message, fields) => write(level, message, fields && redacted(fields)), now);
  return {
    log: recent.log,
    recent: recent.lines,
    close: () => files.close(),
  };
}
