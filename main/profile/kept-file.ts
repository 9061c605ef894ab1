import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';

export interface KeptFile<T> {
  /** @returns what was kept last; null when nothing was or it cannot be read */
  read(): T | null;
  /** Losing it costs a habit and no data, so a failure is told and not thrown. */
  write(value: T): void;
}

/** Small things of the shell that outlive it, each in a JSON file of its own, replaced whole. */
export function createKeptFile<T>(file: string, schema: z.ZodType<T>, onFault: (error: unknown) => void): KeptFile<T> {
  return {
    read() {
      try {
        return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return null;
      }
    },
    write(value) {
      const draft = `${file}.${randomUUID()}`;
      try {
        writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
        renameSync(draft, file);
      } catch (error) {
        rmSync(draft, { force: true });
        onFault(error);
      }
    },
  };
}
