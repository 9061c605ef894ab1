import { accessSync, constants, mkdirSync } from 'node:fs';

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'it is not a folder',
  ENOTDIR: 'it is not a folder, or lies in something that is none',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

/**
 * Sees to it that data can be kept in a folder, which is made for its owner alone where it is missing.
 * @throws Error saying why it can't
 */
export function requireFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = reasons[code] ?? String(error);
    throw new Error(`${dataDir} can't hold the gateway's data: ${reason}; check --data`, { cause: error });
  }
}
