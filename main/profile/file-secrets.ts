import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStore } from '../desk/desk.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Keeps the device key in a file that only its owner may read (mode 0600) [AU1]. A save replaces the file whole: after a
 * crash it holds the old secret or the new one.
 * @param file created with its folder on the first save
 */
export function createFileSecrets(file: string): SecretStore {
  return {
    kind: 'file',
    async load() {
      try {
        const secret = await readFile(file, 'utf8');
        // A restored backup or a careless copy may have widened the mode.
        await chmod(file, 0o600);
        return secret;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async save(secret) {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const draft = `${file}.${randomUUID()}`;
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(secret, 'utf8');
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, file).catch(async (error: unknown) => {
        await rm(draft, { force: true });
        throw error;
      });
    },
    clear: () => rm(file, { force: true }),
  };
}
