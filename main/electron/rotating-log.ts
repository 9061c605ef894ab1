import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface RotatingLog {
  write(line: string): void;
  close(): void;
}

/** Bytes of one file, and how many older ones are kept. */
export interface LogLimits {
  readonly fileBytes: number;
  readonly kept: number;
}

const usual: LogLimits = { fileBytes: 2 * 1024 * 1024, kept: 4 };

/**
 * Diagnostic lines in tillwatch.log, older ones in tillwatch.1.log and so on; only the owner may read them. A disk that
 * takes no more costs the log and nothing else.
 */
export function openRotatingLog(dir: string, limits: LogLimits = usual): RotatingLog {
  const nameOf = (age: number) => path.join(dir, age === 0 ? 'tillwatch.log' : `tillwatch.${age}.log`);
  let file: number | null = null;
  let bytes = 0;

  function open(): void {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    file = openSync(nameOf(0), 'a', 0o600);
    bytes = statSync(nameOf(0)).size;
  }

  function rotate(): void {
    if (file !== null) closeSync(file);
    file = null;
    rmSync(nameOf(limits.kept), { force: true });
    for (let age = limits.kept - 1; age >= 0; age -= 1) {
      try {
        renameSync(nameOf(age), nameOf(age + 1));
      } catch {
        // There is no file of this age yet.
      }
    }
    open();
  }

  return {
    write(line) {
      try {
        if (file === null) open();
        if (bytes > 0 && bytes + Buffer.byteLength(line) > limits.fileBytes) rotate();
        if (file !== null) bytes += writeSync(file, line);
      } catch {
        // Full or read-only: the desk goes on, and says so by its own means.
      }
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}
