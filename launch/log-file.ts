import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Bytes at which a log is set aside; one earlier log is kept. */
const mostBytes = 5 * 1024 * 1024;

export interface LogFile {
  readonly file: string;
  write(chunk: Buffer): void;
  close(): void;
}

/** Opens a child's log for appending; readable by its owner only. */
export function openLogFile(dir: string, name: string): LogFile {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, `${name}.log`);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > mostBytes) renameSync(file, path.join(dir, `${name}.1.log`));
  const handle = openSync(file, 'a', 0o600);
  let open = true;
  return {
    file,
    write(chunk) {
      if (open) writeSync(handle, chunk);
    },
    close() {
      if (open) closeSync(handle);
      open = false;
    },
  };
}
